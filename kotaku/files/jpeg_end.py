"""Whether all of a JPEG has arrived: its pixels are followed by the mark of its end.

A transfer that broke off can leave a file of full length whose rest is zeros. Unpacking it raises no
error: the zeros become grey.
"""

import re

END = 0xD9
START_OF_PIXELS = 0xDA
# Within pixels, 0xFF is followed by 0, by a restart mark (D0 to D7) or by another 0xFF.
NEXT_MARK = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")


def jpeg_ends(content: bytes) -> bool:
    """Whether the first picture of a JPEG ends; pictures of previews in its notes are passed over."""
    at = 2
    while mark := NEXT_MARK.search(content, at):
        at = mark.end()
        if mark[1][0] == END:
            return True
        # The length of a segment counts its own two bytes; after the head of pixels come pixels.
        at += int.from_bytes(content[at : at + 2])
    return False
