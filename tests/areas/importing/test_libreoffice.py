"""The workbook in another office suite: numbers stay numbers, days stay days."""

import csv
import subprocess
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from defusedxml import ElementTree

from tests.areas.open_data.test_open_data import body
from tests.factories import YearlyFigureFactory
from tests.harness import find_libreoffice, in_ci

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.fixture
def convert(tmp_path):
    """Return `convert(content, form)`: the path of what LibreOffice makes of a workbook."""
    program = find_libreoffice()
    if not program:
        (pytest.fail if in_ci() else pytest.skip)("LibreOffice is not installed")

    def convert(content, form):
        book = tmp_path / "unduhan.xlsx"
        book.write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", tmp_path, book]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return book.with_suffix(f".{form}")

    return convert


def cells_of(path, sheet):
    """Return (type, value) of every filled cell of a sheet, row by row, as the program holds it."""
    with ZipFile(path) as document:
        content = ElementTree.fromstring(document.read("content.xml"))
    (table,) = (each for each in content.iter(f"{TABLE}table") if each.get(f"{TABLE}name") == sheet)
    rows = []
    for row in table.iter(f"{TABLE}table-row"):
        cells = []
        for cell in row.iter(f"{TABLE}table-cell"):
            kind = cell.get(f"{OFFICE}value-type")
            value = cell.get(f"{OFFICE}date-value") or cell.get(f"{OFFICE}value")
            words = value or "".join(cell.itertext())
            cells += [(kind, words)] * min(int(cell.get(f"{TABLE}number-columns-repeated", 1)), 40)
        rows.append(cells)
    return rows


def columns_of(path, sheet):
    """Return the first row of values under the names of its columns."""
    names, values, *_ = cells_of(path, sheet)
    return {name: cell for (_, name), cell in zip(names, values, strict=False) if name}


def test_numbers_are_numbers_and_dates_are_dates(client, baseline, bappeda, convert):
    verified_at = datetime(2018, 1, 31, 20, 30, tzinfo=UTC)  # 03.30 of the next day in Indonesia
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, area_ha="1234.5")
    baseline.figures.update(verified_at=verified_at)
    figures = columns_of(convert(body(client.get("/data/angka-tahunan.xlsx")), "ods"), "Data")
    assert figures["sisa_ha"] == ("float", "1234.5")
    assert figures["tahun"] == ("float", "2017")
    assert figures["desa_kelurahan"] == ("string", baseline.village.name)
    kind, moment = figures["diverifikasi_pada"]
    assert kind == "date"
    assert datetime.fromisoformat(moment[:19]) == datetime(2018, 2, 1, 3, 30)  # noqa: DTZ001


def test_decree_days_and_the_explanation(client, baseline, convert):
    baseline.programme.decree_date = date(2016, 3, 1)
    baseline.programme.name = "=HYPERLINK(1)"
    baseline.programme.save()
    path = convert(body(client.get("/data/periode.xlsx")), "ods")
    decree = columns_of(path, "Data")
    assert decree["tanggal_sk"] == ("date", "2016-03-01")
    kind, name = decree["nama"]
    assert (kind, name.lstrip("'")) == ("string", "=HYPERLINK(1)")
    words = {row[0][1] for row in cells_of(path, "Keterangan") if row}
    assert {"Sumber: =HYPERLINK(1)", "Satuan"} <= words


def test_the_staff_export_opens_too(client_of, admin, baseline, convert):
    YearlyFigureFactory(baseline=baseline, year=2017, submitted=True, area_ha="12.5")
    content = body(client_of(admin).get("/data/isian.xlsx"))
    with convert(content, "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1
    assert rows[0]["desa_kelurahan"] == baseline.village.full_name
