"""Spell out abbreviations for readers who may not know them. Pure."""

import re
from collections.abc import Callable

# Names of offices, programme and working group are spelled out only as in a source: an office
# without a sourced full name (DPUPRPKP) is left out. The others are terms of national law
# (villages, planning, waste) or of the dictionary. The source of the working group's name repeats
# the abbreviation in it: "Kelompok Kerja (Pokja) …".
MEANINGS = {
    "KOTAKU": "Kota Tanpa Kumuh",
    "Pokja PKP": "Kelompok Kerja percepatan Penanganan Kumuh Perkotaan",
    "DCKTLH": "Dinas Ciptakarya, Kebersihan, Tata Ruang, dan Lingkungan Hidup",
    "DLH": "Dinas Lingkungan Hidup",
    "Bappeda": "Badan Perencanaan Pembangunan Daerah",
    "OPD": "organisasi perangkat daerah",
    "BKM/LKM": "badan atau lembaga keswadayaan masyarakat",
    "BKM": "badan keswadayaan masyarakat",
    "LKM": "lembaga keswadayaan masyarakat",
    "Permen PUPR": "Peraturan Menteri Pekerjaan Umum dan Perumahan Rakyat",
    "IPAL": "instalasi pengolahan air limbah",
    "MCK": "mandi, cuci, kakus",
    "TPS 3R": "tempat pengolahan sampah: kurangi, pakai ulang, daur ulang",
    "APAR": "alat pemadam api ringan",
    "RPJMDes": "Rencana Pembangunan Jangka Menengah Desa",
    "RKPDes": "Rencana Kerja Pemerintah Desa",
    "APBDes": "Anggaran Pendapatan dan Belanja Desa",
    "Renja/DPA": "rencana kerja/dokumen pelaksanaan anggaran",
}
_LONGEST_FIRST = sorted(MEANINGS, key=len, reverse=True)
# The number of a regulation belongs to its name: its meaning stands after it.
_ANY = re.compile(rf"(?<![\w/])({'|'.join(map(re.escape, _LONGEST_FIRST))})(?![\w/])( \d[\w/]*\w)?")


def speller() -> Callable[[str], str]:
    """Return a function for one page that spells out each abbreviation at its first occurrence."""
    met: set[str] = set()

    def spelled(text: str) -> str:
        def spell(found):
            name = found[1]
            whole = found[0]
            is_explained = MEANINGS[name].casefold() in text.casefold()
            if text[found.end() :].lstrip().startswith("(") and not is_explained:
                # Two brackets in a row read badly; the next occurrence is spelled out.
                return whole
            if name in met or is_explained:
                met.add(name)
                return whole
            met.add(name)
            before = text[: found.start()]
            if before.count("(") > before.count(")"):
                return f"{whole}, {MEANINGS[name]}"
            return f"{whole} ({MEANINGS[name]})"

        return _ANY.sub(spell, text)

    return spelled


def spelled_out(text: str) -> str:
    """Return the text with each abbreviation spelled out at its first occurrence."""
    return speller()(text)


def meanings_in(text: str) -> str:
    """Return the meanings of the abbreviations in a text, in their order, for a line below it."""
    return ", ".join(dict.fromkeys(MEANINGS[name] for name, _ in _ANY.findall(text)))
