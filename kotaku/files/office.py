"""Recognise Word and PowerPoint files by the names inside them; nothing in them is unpacked.

Both are ZIP archives (ECMA-376, Office Open XML). Files with macros are refused.
"""

import io
import re
import zipfile

from django.core.exceptions import ValidationError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFFICE_TYPES = (DOCX, PPTX)
# Some programs number the main part: word/document2.xml.
_MAIN_PARTS = {
    DOCX: re.compile(r"word/document\d*\.xml"),
    PPTX: re.compile(r"ppt/presentation\d*\.xml"),
}
MACROS = (
    "Berkas ini berisi makro. Simpan lagi sebagai DOCX atau PPTX tanpa makro, atau sebagai PDF."
)


def office_type(content: bytes) -> str:
    """Return the MIME type of a Word or PowerPoint file, "" for any other content.

    Raises ValidationError for a file with macros.
    """
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    found = [
        kind for kind, part in _MAIN_PARTS.items() if any(part.fullmatch(name) for name in names)
    ]
    if len(found) != 1:
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(MACROS)
    return found[0]
