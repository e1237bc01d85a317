"""Which columns the data dictionary and the data package name: one for each year that has figures."""

import json

from tests.oracle import files


def _expected(visit) -> dict[str, list[str]]:
    """Return the columns of each table of the periods that are no sample."""
    record = visit.record
    real = [each for each in visit.programmes() if not each["is_sample"]]
    cities = {each["id"] for each in record.regions.values() if each["parent_id"]}
    years = files.figure_rows(record, real)
    found = {}
    for key, rows in files.tables(record, real, cities).items():
        found[key] = [name for name in (rows[0] if rows else {}) if any(c.isdigit() for c in name)]
    if not found["angka-lebar"]:
        assert not years
    return found


def dictionary(visit, turn):
    """The page that explains every column; a year of which some figures have a day says so."""
    page = visit.page("data dictionary", "/data/kamus/?wilayah=ID")
    expected = _expected(visit)
    dated = {name[:4] for name in expected["angka-lebar"] if "_" in name}
    for key, names in expected.items():
        tables = [each for each in page.root.all("section") if _is_of(each, key)]
        rows = [row for row in tables[0].all("tr") if row.all("code")]
        said = {row.all("code")[0].text(): row.all("td")[0].text() for row in rows}
        numbered = [name for name in said if any(sign.isdigit() for sign in name)]
        page.compare(f"years of {key}", numbered, names)
        for name in names:
            words = f"tanggalnya dalam {name}_per_tanggal" if name in dated else f"{name[:4]}"
            page.compare(f"column {name}", words in said.get(name, ""), True)
            ends = "akhir " + name in said.get(name, "")
            page.compare(f"{name} is of the year's end", ends, name not in dated and len(name) == 4)
        for block in list(page.blocks):
            if tables[0].all("table")[0] in block.path and block.row in names:
                page.blocks.remove(block)
    page.done()


def _is_of(section, key) -> bool:
    return section.attributes.get("aria-labelledby") == f"t-{key}"


def package(visit, turn):
    """The description for programs names the same columns."""
    found = json.loads(visit.get("/data/datapackage.json?wilayah=ID"))
    page = visit.page("data package", "/data/kamus/?wilayah=ID")
    for key, names in _expected(visit).items():
        resource = next(each for each in found["resources"] if each["name"] == key)
        fields = [each["name"] for each in resource["schema"]["fields"]]
        numbered = [name for name in fields if any(sign.isdigit() for sign in name)]
        page.compare(f"years of {key}", numbered, names)


KINDS = [dictionary, package]
