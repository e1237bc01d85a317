"""Check that a JPEG is complete: an end marker follows its pixels.

An interrupted transfer can leave a file of full length that ends in zeros. Decoding it raises no
error: the zeros become grey.
"""

import re

END = 0xD9
# Within pixels, 0xFF is followed by 0, by a restart mark (D0 to D7) or by another 0xFF.
NEXT_MARK = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")


def jpeg_end(content: bytes, at: int = 2) -> int | None:
    """Return the position after the end marker of a JPEG's first picture; None without one.

    `at` is the position of a segment; previews in metadata are skipped.
    """
    while mark := NEXT_MARK.search(content, at):
        at = mark.end()
        if mark[1][0] == END:
            return at
        # A segment's length includes its own two bytes; pixels follow the scan header.
        at += int.from_bytes(content[at : at + 2])
    return None
