"""Small scripts alone, each in a page that holds only what it works on."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

SCRIPTS = Path(__file__).parent.parent.parent / "static/js"
SITE = "http://situs.test/"


@pytest.fixture
def shown(page, page_problems):
    """Return a function that opens a page with this body, and with this script at its end."""
    page_problems.allow(f"foreign host: {SITE}")

    def show(body: str, script: str = ""):
        tag = f'<script type="module" src="{script}.js"></script>' if script else ""
        html = f"<!doctype html><meta charset=utf-8><title>Uji</title>{body}{tag}"
        page.route(
            f"{SITE}*.js",
            lambda route: route.fulfill(path=SCRIPTS / route.request.url[len(SITE) :]),
        )
        page.route(SITE, lambda route: route.fulfill(content_type="text/html", body=html))
        page.goto(SITE)
        return page

    return show


def test_a_filtered_list_keeps_what_is_ticked(shown):
    names = ["Balokang", "Banjar", "Binangun"]
    boxes = "".join(f"<li><label><input type=checkbox>{name}</label></li>" for name in names)
    page = shown(f'<input data-kotaku-filter="daftar"><ul id="daftar">{boxes}</ul>', "list-filter")
    page.get_by_label("Balokang").check()
    page.locator("[data-kotaku-filter]").fill("BANJ")
    expect(page.get_by_label("Banjar")).to_be_visible()
    expect(page.get_by_label("Balokang")).to_be_visible()
    expect(page.get_by_label("Binangun")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")
    page.get_by_label("Balokang").uncheck()
    page.locator("[data-kotaku-filter]").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("Tidak ada yang cocok.")


def test_rows_without_boxes_are_filtered_and_unfolded(shown):
    rows = "".join(f"<li data-kotaku-filter-row>{name}</li>" for name in ("Ani", "Budi"))
    folded = "<details><summary>Sudah</summary><li data-kotaku-filter-row>Cici</li></details>"
    page = shown(
        f'<input data-kotaku-filter="daftar"><ul id="daftar">{rows}{folded}</ul>', "list-filter"
    )
    page.locator("[data-kotaku-filter]").fill("bu")
    expect(page.get_by_text("Budi")).to_be_visible()
    expect(page.get_by_text("Ani")).to_be_hidden()
    expect(page.locator("details")).not_to_have_attribute("open", "")
    page.locator("[data-kotaku-filter]").fill("cici")
    expect(page.get_by_text("Cici")).to_be_visible()
    expect(page.get_by_text("Budi")).to_be_hidden()


def test_a_chosen_filter_is_applied_at_once(shown):
    options = "<option>2017<option>2018"
    page = shown(
        f"<form data-kotaku-auto-submit><select name=tahun>{options}</select><input></form>"
        "<script>addEventListener('submit', (event) => { event.preventDefault();"
        " document.title = 'Terkirim'; })</script>",
        "auto-submit",
    )
    page.locator("input").fill("apa saja")
    page.locator("input").blur()
    expect(page).to_have_title("Uji")
    page.locator("select").select_option("2018")
    expect(page).to_have_title("Terkirim")


def test_the_focus_goes_to_the_summary_of_errors(shown):
    page = shown('<a href="#">Awal</a><div tabindex="-1" data-kotaku-focus>Periksa</div>', "focus")
    expect(page.get_by_text("Periksa")).to_be_focused()


def test_the_print_button_is_there_with_its_script_only(shown):
    button = "<button data-kotaku-print hidden>Cetak</button>"
    expect(shown(button).get_by_text("Cetak")).to_be_hidden()
    page = shown(
        f"{button}<script>window.print = () => (document.title = 'Dicetak')</script>", "print"
    )
    page.get_by_text("Cetak").click()
    expect(page).to_have_title("Dicetak")


def test_a_large_file_is_read_on_until_its_page_is_another_one(shown):
    form = '<form data-kotaku-go-on method=post action="/baca"><input name=a value=b></form>'
    part = "<div data-kotaku-reading>{}<p data-kotaku-reading-status></p></div>"
    answers = [part.format("40 %"), part.format("80 %"), "<p>Pratinjau</p>"]
    page = shown("<p>Siap</p>")
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        if len(sent) == len(answers):
            page.route(SITE, lambda route: route.fulfill(content_type="text/html", body="Selesai"))
        route.fulfill(content_type="text/html", body=answers[len(sent) - 1])

    page.route(f"{SITE}baca", answer)
    shown(form + part.format("0 %"), "go-on")
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_text("80 %")).to_be_visible()
    expect(page.get_by_text("Sedang dibaca, terus sendiri sampai selesai.")).to_be_visible()
    expect(page.get_by_text("Selesai", exact=True)).to_be_visible()
    assert len(sent) == 3
    assert all('name="a"' in each for each in sent)
