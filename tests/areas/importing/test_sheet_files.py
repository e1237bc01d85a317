"""Files as they come: every dress of CSV, every oddity of XLSX, and what attacks."""

import io
import struct
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from kotaku.spreadsheets.cells import read_hectares
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import MAX_ROWS, Oddity, UnreadableSheet
from kotaku.spreadsheets.xlsx_cells import UNCALCULATED
from tests.areas.importing.books import (
    HEADER,
    csv_bytes,
    part_of,
    with_part,
    workbook,
)

# Spreadsheets know no time zones.
NAIVE = datetime(2018, 8, 5)  # noqa: DTZ001
ROW = ["32.79.01.1001", "Banjar", "2018", "8,50"]


def read(content):
    return read_workbook(io.BytesIO(content)).sheets


def refusal(content):
    with pytest.raises(UnreadableSheet) as error:
        read(content)
    return str(error.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_in_every_dress(delimiter, encoding):
    name = '"Désa, dan; lain"'
    area = '"8,50"' if delimiter == "," else "8,50"
    (sheet,) = read(csv_bytes([HEADER, ["1", name, "2018", area]], delimiter, encoding))
    assert [row.cells for row in sheet.rows] == [
        tuple(HEADER),
        ("1", "Désa, dan; lain", "2018", "8,50"),
    ]


def test_decimal_commas_do_not_pass_for_delimiters():
    (sheet,) = read(b"kode;luas\n1;8,50\n2;9,25\n3;1,00\n")
    assert sheet.rows[1].cells == ("1", "8,50")


def test_excels_own_mark_names_the_delimiter():
    (sheet,) = read(b"sep=;\r\nkode;luas\r\n1;8\r\n")
    assert sheet.rows[0].cells == ("kode", "luas")


def test_rows_keep_their_numbers_across_empty_ones():
    (sheet,) = read(b"Judul\n\n\nkode;luas\n\n1;8\n")
    assert [row.number for row in sheet.rows] == [1, 4, 6]


def test_numbers_keep_their_kind_in_a_workbook():
    (sheet,) = read(workbook([HEADER, ["x", "Banjar", 2018, 8.5]]))
    assert sheet.rows[1].cells == ("x", "Banjar", 2018, 8.5)
    assert sheet.name == "Data"


def test_merged_cells_are_known():
    rows = [HEADER, [*ROW[:3], 8], [*ROW[:3], None]]
    (sheet,) = read(workbook(rows, dress=lambda sheet: sheet.merge_cells("D2:D3")))
    assert sheet.merged_range(3, 3) == "D2:D3"
    assert sheet.merged_range(4, 3) == ""


def test_percentages_and_formula_errors_are_no_numbers():
    def dress(sheet):
        sheet["D2"].number_format = "0.00%"
        sheet["D3"].value, sheet["D3"].data_type = "#REF!", "e"

    (sheet,) = read(workbook([HEADER, [*ROW[:3], 0.085], [*ROW[:3], 1]], dress=dress))
    percent, error = sheet.rows[1].cells[3], sheet.rows[2].cells[3]
    assert isinstance(percent, Oddity)
    assert "persen" in percent.sentence
    assert isinstance(error, Oddity)
    assert "#REF!" in error.sentence


def test_a_formula_counts_with_its_stored_value():
    """Our own tests cannot calculate; Excel stores the value beside the formula."""
    content = workbook([HEADER, [*ROW[:3], 1]])
    name = "xl/worksheets/sheet1.xml"
    xml = part_of(content, name).replace(b"<v>1</v>", b"<f>4+4.5</f><v>8.5</v>")
    (sheet,) = read(with_part(content, name, xml))
    assert read_hectares(sheet.rows[1].cells[3]) == read_hectares("8,50")


def test_a_formula_without_a_value_is_no_empty_cell():
    (sheet,) = read(workbook([HEADER, [*ROW[:3], "=4+4"]]))
    assert sheet.rows[1].cell(3) == UNCALCULATED
    formula = ArrayFormula("D2:D3", "=A1:A2")
    (sheet,) = read(workbook([HEADER, ["x", "y", "z", formula], ["x", "y", "z"]]))
    assert [row.cell(3) for row in sheet.rows[1:]] == [UNCALCULATED, UNCALCULATED]


def test_hidden_sheets_are_told_apart():
    def dress(sheet):
        sheet.parent.create_sheet("Rahasia").append(["kode"])
        sheet.parent["Rahasia"].sheet_state = "hidden"

    book = read_workbook(io.BytesIO(workbook([HEADER, ROW], dress=dress)))
    assert [sheet.name for sheet in book.sheets] == ["Data"]
    assert [sheet.name for sheet in book.hidden] == ["Rahasia"]


def test_dates_arrive_as_dates():
    (sheet,) = read(workbook([HEADER, [*ROW[:3], NAIVE]]))
    assert sheet.rows[1].cells[3] == NAIVE


# What is refused, with a sentence that says why and what to do.


def test_old_excel_under_a_new_name():
    assert "Excel lama (.xls)" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


def test_csv_with_nul_bytes():
    assert "NUL" in refusal(b"kode;luas\n1\x00;8\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "bukan Excel Workbook"),
        (b"\x89PNG\r\n\x1a\n", "bukan Excel Workbook"),
        (b"<html><table>", "halaman web (HTML)"),
        (b'{"a": 1}', "bukan Excel Workbook"),
    ],
)
def test_what_is_no_spreadsheet(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize("content", [b"", b"\n\n \n", workbook([])])
def test_empty_files(content):
    assert "kosong" in refusal(content)


def test_too_large_a_file():
    assert "5 MB" in refusal(b"a;b\n" * (6 * 1024 * 1024 // 4))


def test_too_many_rows():
    lines = b"kode;luas\n" + b"1;2\n" * (MAX_ROWS + 500)
    assert "20.000 baris" in refusal(lines)


def test_twenty_thousand_rows_are_not_too_many():
    (sheet,) = read(b"kode;luas\n" + b"1;2\n" * MAX_ROWS)
    assert len(sheet.rows) == MAX_ROWS + 1


def test_too_many_columns():
    assert "100 kolom" in refusal(b";".join([b"x"] * 150) + b"\n")


def test_a_macro_workbook():
    content = with_part(workbook([HEADER, ROW]), "xl/vbaProject.bin", b"macro")
    assert "makro" in refusal(content)
    types = part_of(workbook([HEADER]), "[Content_Types].xml")
    types = types.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    content = with_part(workbook([HEADER]), "[Content_Types].xml", types)
    assert "makro" in refusal(content)


def test_a_zip_that_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("halo.txt", "halo")
    assert "bukan Excel Workbook" in refusal(file.getvalue())


def test_a_broken_workbook():
    content = workbook([HEADER, ROW])
    assert "rusak" in refusal(content[: len(content) // 2])
    assert "rusak" in refusal(with_part(content, "xl/workbook.xml", b"<x"))
    assert "rusak" in refusal(with_part(content, "xl/worksheets/sheet1.xml", b"<worksheet><row"))


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>&c;</t></si></sst>"""


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_an_xml_bomb_in_any_part(part):
    assert refusal(with_part(workbook([HEADER, ROW]), part, LAUGHS))


def with_shared_strings(content: bytes, strings: bytes) -> bytes:
    """Return a workbook that says its texts are in a table of their own."""
    types = part_of(content, "[Content_Types].xml")
    entry = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    content = with_part(content, "[Content_Types].xml", types.replace(b"</Types>", entry))
    name = "xl/_rels/workbook.xml.rels"
    link = (
        b'<Relationship Id="rIdT" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    links = part_of(content, name).replace(b"</Relationships>", link)
    return with_part(with_part(content, name, links), "xl/sharedStrings.xml", strings)


def test_an_xml_bomb_in_the_table_of_texts():
    assert "membesar" in refusal(with_shared_strings(workbook([HEADER, ROW]), LAUGHS))


def test_an_external_entity_is_never_fetched(tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA")
    evil = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>&a;</t></si></sst>"
    )
    content = with_shared_strings(workbook([HEADER, ROW]), evil.encode())
    assert "RAHASIA" not in refusal(content)


def lying_zip(content: bytes) -> bytes:
    """Return a workbook whose directory says that a huge part is small."""
    huge = with_shared_strings(content, b" " * (40 * 1024 * 1024))
    size = struct.pack("<I", 40 * 1024 * 1024)
    return huge.replace(size, struct.pack("<I", 1000))


START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def zip_bomb(content: bytes) -> bytes:
    """Return a workbook of some kilobytes that unpacks to 200 MB."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' * 5_000_000
    return with_part(content, "xl/worksheets/sheet1.xml", START + rows + END)


def tag_bomb(content: bytes) -> bytes:
    """Return a workbook that stays below the size, with millions of empty marks."""
    return with_part(content, "xl/worksheets/sheet1.xml", START + b"<c/>" * 7_000_000 + END)


MEASURE = """
import io, resource, sys
sys.path.insert(0, ".")
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import UnreadableSheet
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_workbook(io.BytesIO(content))
    print("read", 0)
except UnreadableSheet as error:
    print("refused", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("bomb", [zip_bomb, lying_zip, tag_bomb])
def test_bombs_are_refused_and_cost_little_memory(bomb, settings):
    content = bomb(workbook([HEADER, ROW]))
    assert len(content) < 5 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=content,
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    verdict, kilobytes = done.stdout.decode().split()
    assert verdict == "refused"
    assert int(kilobytes) < 60 * 1024
