"""The oracle notices: a wrong number, a swapped place, an unexpected number."""

import pytest

from tests.oracle.comparing import Page, Tally
from tests.oracle.numbering import amount, ha, number, percent, rupiah
from tests.oracle.reading import main_of, numbers, parse

TABLE = """<main><h1>Luas kumuh tinggal 62,10&nbsp;Ha dari 187,95&nbsp;Ha</h1><table>
<thead><tr><th>Desa</th><th>2017</th><th>2018</th></tr></thead>
<tbody><tr><th>Balokang</th><td>8,35</td><td>5,90</td></tr></tbody></table></main>"""


def faults(markup, check) -> list[str]:
    """Return what the oracle has against a page after these expectations."""
    tally = Tally()
    page = Page("uji", "/", main_of(markup), tally)
    check(page)
    page.done()
    return tally.faults


def everything(page):
    page.expect("h1", ["62,10 Ha", "187,95 Ha"])
    page.expect("thead", ["2017"], ["2018"])
    page.expect_cells("table", {("Balokang", "2017"): "8,35", ("Balokang", "2018"): "5,90"})


def test_a_page_that_says_what_is_expected_is_in_order():
    assert faults(TABLE, everything) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("62,10&nbsp;Ha", "62,11&nbsp;Ha"),
        ("62,10&nbsp;Ha", "62,10&nbsp;%"),
        ("8,35</td><td>5,90", "5,90</td><td>8,35"),
        ("<th>2017</th><th>2018</th>", "<th>2018</th><th>2017</th>"),
        ("<h1>Luas", "<h1>3 luas"),
        ("</table>", "</table><p>7 RT</p>"),
        ("</table>", "</table><svg><text>7,00</text></svg>"),
        ("</table>", '</table><svg aria-label="7 desa"></svg>'),
        ("</tbody>", "<tr><th>Binangun</th><td>1,00</td><td>–</td></tr></tbody>"),
        ("<td>5,90</td>", ""),
    ],
)
def test_whatever_is_wrong_is_noticed(right, wrong):
    assert faults(TABLE.replace(right, wrong), everything) != []


def test_known_numbers_are_left_out_where_they_are_known():
    page = "<main><p>Disahkan 3 Februari 2023, 09.00 WIB</p></main>"
    assert faults(page, lambda page: None) == []
    assert faults("<main><p>3 desa pada 2023</p></main>", lambda page: None) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dari 1.250,50\u00a0Ha — 66,7\u00a0% berkurang", ["1.250,50 Ha", "66,7 %"]),
        ("2016–2019", ["2016", "2019"]),
        ("−5,50 Ha", ["−5,50 Ha"]),
        ("Rp\u00a01.250.000 untuk 12 KK", ["Rp 1.250.000", "12 KK"]),
        ("6,8\u00a0poin persen", ["6,8 poin persen"]),
    ],
)
def test_numbers_are_read_with_their_units(text, found):
    assert numbers(text) == found


def test_numbers_are_written_with_halves_up():
    assert [number("0.005"), number("-0.005"), number("1234567.891", 1)] == [
        "0,01",
        "−0,01",
        "1.234.567,9",
    ]
    assert [ha("12.5"), percent("66.65"), amount("12.50"), amount("3"), rupiah(1250000)] == [
        "12,50 Ha",
        "66,7 %",
        "12,5",
        "3",
        "Rp 1.250.000",
    ]


def test_text_of_parts_that_stand_apart_is_not_run_together():
    cell = parse('<td><span class="a">0,00 Ha</span><span class="b">76,65 Ha</span></td>')
    assert numbers(cell.text()) == ["0,00 Ha", "76,65 Ha"]
