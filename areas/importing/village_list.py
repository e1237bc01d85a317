"""Read the villages of a region from Excel or CSV, in the columns of the admin's own download.

A file with any fault is refused as a whole. Villages that are there already stay as they are.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction

from areas.models import District, Village
from kotaku.models import Region
from kotaku.spreadsheets.cells import read_code, read_text
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import Oddity, is_blank

# A longer list of faults would not help.
MOST_FAULTS = 20
# Column → the headings that name it, in lower case without spaces.
HEADINGS = {
    "code": ("kode_desa", "kode", "kodedesa", "kodekemendagri", "code"),
    "name": ("nama", "desa/kelurahan", "namadesa", "name"),
    "kind": ("jenis", "kind"),
    "district": ("kecamatan", "namakecamatan", "district"),
    "latitude": ("lintang", "latitude", "lat"),
    "longitude": ("bujur", "longitude", "lng", "lon"),
}
NEEDED = {
    "code": "kode_desa",
    "name": "nama",
    "district": "kecamatan",
    "latitude": "lintang",
    "longitude": "bujur",
}
REACH = {"latitude": 90, "longitude": 180}
LONGEST_NAME = 80
# Kemendagri: the last group begins with 1 for a kelurahan, with 2 for a desa.
KINDS = {"1": Village.Kind.KELURAHAN, "2": Village.Kind.DESA}


class UnreadableVillages(ValueError):
    """The file is refused; `faults` are the sentences that say why."""

    def __init__(self, *faults: str):
        super().__init__(faults[0])
        self.faults = faults


@dataclass
class Loaded:
    """The numbers of rows created, and of villages that were there already."""

    villages: int = 0
    districts: int = 0
    known: int = 0


@dataclass
class _Reader:
    """Reads row after row; collects villages and faults."""

    columns: dict[str, int]
    regions: dict[str, Region]
    known: dict[str, Village]
    villages: dict[str, Village] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    repeated: int = 0

    def read(self, row):
        """Take one row, or note what is wrong with it."""
        code = read_code(self._cell(row, "code"))
        if not code:
            return self._fault(row, "kode_desa bukan kode Kemendagri, misalnya 32.79.01.1002")
        if code[:5] not in self.regions:
            return self._fault(row, f"wilayah {code[:5]} belum ada atau bukan wilayah Anda")
        if code in self.villages:
            return self._fault(row, f"kode {code} sudah ada di baris lain")
        name, district = (read_text(self._cell(row, key)).strip() for key in ("name", "district"))
        if not name or not district:
            return self._fault(row, "nama atau kecamatan kosong")
        if max(len(name), len(district)) > LONGEST_NAME:
            return self._fault(row, f"nama lebih dari {LONGEST_NAME} huruf")
        kind = KINDS.get(code[9])
        if kind is None:
            return self._fault(row, f"kode {code} bukan kode desa atau kelurahan")
        try:
            place = {key: _degrees(self._cell(row, key), most) for key, most in REACH.items()}
        except (InvalidOperation, ValueError):
            return self._fault(row, "lintang atau bujur bukan derajat, misalnya -7,37002")
        name = _without_kind(name, kind)
        if there := self.known.get(code):
            if there.name.casefold() != name.casefold():
                return self._fault(row, f"{code} sudah tercatat sebagai {there}; ubah di daftarnya")
            self.repeated += 1
            return None
        district = _without_kind(district, "kecamatan")
        if self.districts.setdefault(code[:8], district).casefold() != district.casefold():
            there = self.districts[code[:8]]
            return self._fault(row, f"kecamatan {code[:8]} di baris lain bernama {there}")
        self.villages[code] = Village(code=code, name=name, kind=kind, **place)
        return None

    def _cell(self, row, key):
        value = row.cell(self.columns[key])
        return None if isinstance(value, Oddity) else value

    def _fault(self, row, sentence):
        self.faults.append(f"Baris {row.number}: {sentence}.")


def _without_kind(name, kind) -> str:
    return name[len(kind) :].strip() if name.casefold().startswith(f"{kind} ") else name


def _degrees(value, most) -> Decimal:
    if is_blank(value):
        raise ValueError("empty")
    degrees = round(Decimal(str(value).strip().replace(",", ".")), 5)
    if not abs(degrees) <= most:
        raise ValueError("out of range")
    return degrees


def _columns(row) -> dict[str, int]:
    """Return the column of each heading in the first row."""
    heads = ["".join(read_text(cell).casefold().split()) for cell in row.cells]
    found = {
        key: heads.index(head) for key, names in HEADINGS.items() for head in names if head in heads
    }
    missing = [heading for key, heading in NEEDED.items() if key not in found]
    if missing:
        raise UnreadableVillages(
            f"Baris pertama harus berisi judul kolom; yang belum ada: {', '.join(missing)}."
        )
    return found


def load_villages(file, *, by) -> Loaded:
    """Create the villages of a file and their kecamatan. Raises UnreadableVillages, UnreadableSheet."""
    sheet = read_workbook(file).sheets[0]
    regions = Region.objects.exclude(parent=None)
    reader = _Reader(
        _columns(sheet.rows[0]),
        {region.code: region for region in regions if by.covers(region)},
        {village.code: village for village in Village.objects.all()},
    )
    for row in sheet.rows[1:]:
        if len(reader.faults) < MOST_FAULTS:
            reader.read(row)
    if reader.faults:
        raise UnreadableVillages(*reader.faults)
    if not reader.villages and not reader.repeated:
        raise UnreadableVillages("Tidak ada baris desa/kelurahan di bawah judul kolom.")
    return _store(reader, by)


@transaction.atomic
def _store(reader, by) -> Loaded:
    loaded = Loaded(known=reader.repeated)
    there = {each.code: each for each in District.objects.all()}
    for code, name in reader.districts.items():
        if code not in there:
            region = reader.regions[code[:5]]
            there[code] = District.objects.create(code=code, name=name, region=region)
            loaded.districts += 1
    for code, village in reader.villages.items():
        village.district = there[code[:8]]
        village.save(force_insert=True)
        loaded.villages += 1
    if reader.villages:
        LogEntry.objects.log_actions(
            by.pk, list(reader.villages.values()), ADDITION, change_message="Dari berkas Excel"
        )
    return loaded
