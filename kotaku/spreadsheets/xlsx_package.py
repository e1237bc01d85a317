"""The parts of an XLSX file; their sizes are checked before unpacking.

Only needed parts are opened, so faults in others (themes, pictures, document properties) do not
matter.
"""

import posixpath
import zipfile
from dataclasses import dataclass

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from kotaku.spreadsheets.sheets import UnreadableSheet

# Unpacked sizes in bytes. 20.000 rows of ten columns take about 10 MB.
MAX_SHEET_BYTES = 30 * 1024 * 1024
MAX_TABLE_BYTES = 10 * 1024 * 1024
MAX_OTHER_BYTES = 3 * 1024 * 1024
MAX_PARTS = 1000
# Each tag of XML costs memory, however short it is.
MAX_TAGS = 3_000_000
CHUNK = 256 * 1024

BOMB = (
    "Berkas ini membesar berlebihan ketika dibuka, sehingga tidak dibaca. Salin datanya ke "
    "berkas Excel baru, lalu unggah berkas itu."
)
BROKEN = (
    "Berkas Excel ini rusak atau tidak lengkap. Buka dengan Excel, simpan ulang sebagai "
    "Excel Workbook (.xlsx), lalu unggah lagi."
)
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(frozen=True)
class Link:
    """A link of a part: the last word of its type, and the name of the target part."""

    kind: str
    target: str


class Package:
    """The parts of an open zip file by lower-case name; raises UnreadableSheet."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.parts = {_plain(part.filename): part for part in archive.infolist()}
        if len(archive.infolist()) > MAX_PARTS or len(self.parts) != len(archive.infolist()):
            raise UnreadableSheet(BOMB)
        self.tags_left = MAX_TAGS

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.parts

    def links(self, name: str) -> dict[str, Link]:
        """Return the links of a part ("" for the package): id → link, without external ones."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, Link] = {}
        if place not in self:
            return found
        for _, element in self.elements(place):
            if local_name(element.tag) != "Relationship" or element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "").replace("\\", "/")
            path = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Link(kind, posixpath.normpath(path).lstrip("/"))
        return found

    def elements(self, name: str, *, starts: bool = False, most: int = MAX_OTHER_BYTES):
        """Yield (event, element) of a part's XML; with `starts` also at the start of elements."""
        part = self.parts[_plain(name)]
        self._check(part, most)
        try:
            with self.archive.open(part) as source:
                yield from iterparse(
                    source, events=("start", "end") if starts else ("end",), forbid_dtd=True
                )
        except DefusedXmlException as error:
            raise UnreadableSheet(BOMB) from error
        except (ParseError, zipfile.BadZipFile, EOFError, ValueError) as error:
            raise UnreadableSheet(BROKEN) from error

    def _check(self, part, most):
        if part.file_size > most:
            raise UnreadableSheet(BOMB)
        with self.archive.open(part) as content:
            chunks = iter(lambda: content.read(CHUNK), b"")
            self.tags_left -= sum(chunk.count(b"<") for chunk in chunks)
        if self.tags_left < 0:
            raise UnreadableSheet(BOMB)


def local_name(tag: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


def linked_id(element) -> str:
    """Return the id of the link in `r:id`, in either namespace of the standard."""
    for name, value in element.attrib.items():
        if name.endswith("}id") and "relationships" in name:
            return value
    return ""


def is_on(value: str | None) -> bool:
    """Whether an attribute is true."""
    return value in ("1", "true", "on")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
