"""Planners print: A4, the finding, no navigation, nothing cut off."""

import io
import re
import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from areas.models import Activity, Assessment
from kotaku.formats import NBSP, format_date, format_hectares_unit
from kotaku.interface.guides import GUIDES
from kotaku.models import User
from meetings.models import AgendaItem, Decision, FollowUp, Meeting, Participant
from tests.browser.steps import import_pages, verified_total_2019

A4_POINTS = (595, 842)
# 210 mm less the margins of 16 mm on both sides, at 96 px to the inch.
PRINTED_WIDTH = 672

pytestmark = pytest.mark.usefixtures("sample_site")


def printed(page) -> list:
    """The pages of what the printer gets."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


def text_of(pages) -> str:
    """All text, with plain spaces and without the font's ligatures."""
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def expect_good_print(page, headline: str, last_column: str):
    pages = printed(page)
    text = text_of(pages)
    assert headline.replace(NBSP, " ") in text
    assert last_column in text
    # "Menu" and "Masuk"/"Akun" stand in the navigation and nowhere else.
    for word in ("Langsung ke isi", "Menu", "Masuk", "Akun", "Saring"):
        assert not re.search(rf"\b{word}\b", text), word
    for number, sheet in enumerate(pages, 1):
        width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
        assert (round(width), round(height)) == A4_POINTS
        assert len(sheet.extract_text().strip()) > 40, f"page {number} of {len(pages)} is empty"
    expect_nothing_cut(page)
    return text


def expect_nothing_cut(page):
    """What is wider than the paper is cut off, or shrinks the whole print until nobody reads it."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": 1000})
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
             .filter((node) => node.checkVisibility() && !node.closest(".visually-hidden, .columns"))
             .filter((node) => node.getBoundingClientRect().right > innerWidth + 1
               || (node.scrollWidth > node.clientWidth + 1 && node.matches(".table-scroll")))
             .map((node) => `${node.tagName}.${node.getAttribute("class")} ${node.textContent.trim().slice(0, 30)}`)"""
    )
    assert not cut, "\n".join(cut[:5])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("screen", ["phone", "desktop"], indirect=True)
def test_progress_page_prints(screen):
    screen.goto("/")
    remaining = format_hectares_unit(verified_total_2019())
    text = expect_good_print(screen, f"Luas kumuh Kota Banjar tinggal {remaining} dari", "Tuntas")
    assert len(printed(screen)) == 2
    assert "1 / 2" in text
    assert "2 / 2" in text
    assert f"Dicetak {format_date(timezone.localdate())} dari" in text
    assert "Data contoh." in text


def test_village_page_prints(desktop):
    desktop.goto("/desa/32.79.01.1001/")
    headline = "Luas kumuh Kelurahan Banjar tinggal 4,30 Ha dari 19,40 Ha"
    expect_good_print(desktop, headline, "Terverifikasi")
    assert len(printed(desktop)) == 1


def test_village_page_prints_for_staff(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="pengamat"))
    desktop.goto("/desa/32.79.02.2006/?sementara=1")
    expect_good_print(desktop, "Luas kumuh Desa Binangun tinggal", "Dikembalikan")


def test_comparison_prints(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="pengamat"))
    desktop.goto("/banding/")
    text = expect_good_print(desktop, "Bandingkan desa/kelurahan", "Angka tahun")
    assert "Pilih dua sampai empat" not in text
    # All small charts and the order of all villages.
    assert text.count("Kelurahan Karangpanimbal") == 1
    assert text.count("Karangpanimbal") == 2


def test_queue_prints(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    desktop.goto("/verifikasi/")
    text = expect_good_print(desktop, "3 isian menunggu verifikasi", "2019")
    assert len(printed(desktop)) == 1
    assert "Desa Raharja, 2019" in text


def test_assessments_print(desktop):
    assessment = Assessment.objects.filter(status="verified", total=24).first()
    desktop.goto(f"/penilaian/{assessment.pk}/")
    expect_good_print(desktop, "Kumuh ringan, nilai 24 dari 80", "Semua kriteria")
    desktop.goto("/desa/32.79.02.2006/penilaian/?tahun=2019&banding=2016")
    expect_good_print(desktop, "Menurut penilaian (2019), 5,60 Ha", "Kontribusi penanganan")
    desktop.goto(f"/penilaian/{assessment.pk}/cetak/")
    pages = printed(desktop)
    text = text_of(pages)
    assert "Tingkat kekumuhan: Kumuh ringan." in text
    assert "Kembali ke penilaian" not in text
    expect_nothing_cut(desktop)


def test_work_plan_prints(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    desktop.goto("/rencana/")
    expect_good_print(desktop, "Biaya Rp 1.302.000.000", "Contoh: drainase lingkungan")
    desktop.goto(f"/rencana/{Activity.objects.get(status='running').pk}/")
    expect_good_print(desktop, "Contoh: tangki septik komunal", "Kemajuan keuangan")
    desktop.goto("/desa/32.79.02.2006/?rencana=1")
    expect_good_print(desktop, "Bila rencana terlaksana, 1 RT tidak kumuh lagi", "Rencana kerja")


def test_data_and_dictionary_print(desktop):
    desktop.goto("/data/")
    expect_good_print(desktop, "Data terbuka", "Excel")
    desktop.goto("/data/kamus/")
    expect_good_print(desktop, "Kamus data", "sisa_ha")


def test_previews_and_results_print(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    rows, asked, unclear, applied = import_pages()
    for address, headline, last in [
        (rows, "rekap_sisa_luas_kumuh_0_final.xlsx", "Salah"),
        (asked, "rekap_sisa_luas_kumuh_1_final.xlsx", "Jawab dahulu"),
        (unclear, "rekap_sisa_luas_kumuh_2_final.xlsx", "Pratinjau"),
        (applied, "rekap_sisa_luas_kumuh_3_final.xlsx", "Diterapkan"),
    ]:
        desktop.goto(address)
        expect_good_print(desktop, headline, last)


PAPERS = {
    "undangan": ["Nomor", "Kepada Yth.", "Susunan acara", "NIP", "Daftar undangan"],
    "daftar-hadir": ["Daftar hadir", "Tanda tangan", "Desa Binangun", "17.", "Notulis,"],
    "notulen": ["Notulen", "Pembahasan", "Keputusan", "Penanggung jawab", "Lampiran: peserta"],
}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("screen", ["phone", "desktop"], indirect=True)
def test_papers_print_with_letterhead_and_page_numbers(screen, sign_in, name):
    sign_in(screen, User.objects.get(username="bappeda"))
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    screen.goto(f"/rakor/{meeting.pk}/cetak/{name}/")
    pages = printed(screen)
    text = text_of(pages)
    for words in ["BADAN PERENCANAAN PEMBANGUNAN DAERAH", *PAPERS[name]]:
        assert words.casefold() in text.casefold(), words
    assert "Kembali ke rapat" not in text
    # Fourteen people and their signatures take one sheet.
    assert name != "daftar-hadir" or len(pages) == 1
    for number, sheet in enumerate(pages, 1):
        size = float(sheet.mediabox.width), float(sheet.mediabox.height)
        assert tuple(map(round, size)) == A4_POINTS
        assert f"Halaman {number} dari {len(pages)}" in sheet.extract_text()
    expect_nothing_cut(screen)


def test_a_list_of_several_days_lies_flat_with_room_to_sign(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at + timedelta(days=2))
    Participant.objects.bulk_create(
        Participant(
            meeting=meeting,
            name=f"Drs. H. Asep Suryana Wijayakusumah {number}, M.Si.",
            organisation="Badan Perencanaan Pembangunan Daerah Kota Banjar",
        )
        for number in range(16)
    )
    desktop.goto(f"/rakor/{meeting.pk}/cetak/daftar-hadir/")
    sheets = printed(desktop)
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets}
    assert sizes == {A4_POINTS[::-1]}
    # The signatures are not torn apart.
    (signed,) = [sheet for sheet in sheets if "Notulis," in sheet.extract_text()]
    assert meeting.minute_taker in signed.extract_text()
    desktop.emulate_media(media="print")
    # 297 mm less the margins of 15 mm, at 96 px to the inch.
    desktop.set_viewport_size({"width": 1009, "height": 700})
    names, cells = desktop.locator(".attendance td:nth-child(2)"), desktop.locator("td.sign")
    heights = names.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) > 41
    assert max(heights) < 60
    widths = cells.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().width)")
    # At least 26 mm.
    assert min(widths) > 98


def test_long_tasks_of_minutes_leave_no_sheet_half_empty(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    task = FollowUp.objects.filter(decision__meeting=meeting).first()
    for number in range(3):
        FollowUp.objects.create(
            decision=task.decision, what=f"Kerja {number}. {CALL * 4}", due_on=task.due_on,
            organisation="Bappeda", changed_by=task.changed_by,
        )  # fmt: skip
    desktop.goto(f"/rakor/{meeting.pk}/cetak/notulen/")
    kept = desktop.locator(".tasks tbody tr").evaluate_all(
        "(all) => all.map((one) => [getComputedStyle(one).breakInside, "
        "getComputedStyle(one).breakBefore, getComputedStyle(one).breakAfter].join())"
    )
    assert set(kept) == {"avoid,auto,auto"}
    texts = [text_of([sheet]) for sheet in printed(desktop)]
    (heading,) = [text for text in texts if "Tindak lanjut No." in text]
    assert heading.index("Tindak lanjut No.") < heading.index(task.what[:20])


def test_the_recap_keeps_its_tables_whole_and_its_row_headings_plain(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    desktop.goto("/rakor/rekap/cetak/?dari=2016-01-01&sampai=2030-12-31")
    desktop.emulate_media(media="print")
    styles = desktop.locator(".counts tbody th").evaluate_all(
        """(all) => all.map((one) => getComputedStyle(one))
             .map((one) => [one.textAlign, one.fontWeight, one.backgroundColor].join(" "))"""
    )
    assert set(styles) == {"start 400 rgba(0, 0, 0, 0)"}
    whole = desktop.locator(".wide:has(.counts)").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).breakInside)"
    )
    assert set(whole) == {"avoid"}
    assert len(whole) == 4


LINK = "https://berkas.contoh.id/map/" + "0123456789abcdef" * 5
CALL = "Sampai 12-03-2026, telepon 0812-3456-7890 atau +62 811 2222 3333, lihat 12 Maret 2026. " * 9


def test_long_words_stay_on_the_paper_and_each_sheet_names_its_meeting(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    AgendaItem.objects.filter(meeting=meeting).update(title=f"Paparan {LINK}", notes=LINK + CALL)
    Decision.objects.filter(meeting=meeting).update(text=f"Unggah ke {LINK}. {CALL}")
    FollowUp.objects.filter(decision__meeting=meeting).update(what=f"{'x' * 300} {CALL}")
    for person in Participant.objects.filter(meeting=meeting):
        Participant.objects.filter(pk=person.pk).update(
            name="Bhinneka" * 12 + person.name, position="Kepala" * 20,
            organisation="Pemerintah" * 15, phone="+62 812-3456-7890",
        )  # fmt: skip
    for name in PAPERS:
        desktop.emulate_media(media="null")
        desktop.goto(f"/rakor/{meeting.pk}/cetak/{name}/")
        sheets = printed(desktop)
        assert len(sheets) > 1
        assert all("Rakor triwulan (contoh), Selasa, 20" in text_of([sheet]) for sheet in sheets)
        expect_nothing_cut(desktop)
        # Each date and phone number lies in one box.
        boxes = desktop.locator(".whole").evaluate_all(
            "(all) => all.map((one) => one.getClientRects().length)"
        )
        assert set(boxes) == {1}
        assert len(boxes) > (30 if name == "notulen" else 0)
    desktop.emulate_media(media="null")
    desktop.goto(f"/rakor/{meeting.pk}/")
    expect_nothing_cut(desktop)


def test_dark_device_prints_on_white(new_context):
    """A page in dark colours on screen must not print pale ink on white paper."""
    page = new_context(color_scheme="dark").new_page()
    page.goto("/")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => [...document.querySelectorAll("main h1, main td, main th, main p, main dt, main dd, main a")]
             .filter((node) => node.checkVisibility())
             .map((node) => getComputedStyle(node).color)"""
    )
    pale = [colour for colour in set(colours) if min(rgb(colour)) > 140]
    assert not pale, pale


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


def test_each_guide_prints_on_one_page(desktop):
    for guide in GUIDES:
        desktop.emulate_media(media="null")
        desktop.goto(f"/panduan/{guide.slug}/")
        pages = printed(desktop)
        assert len(pages) == 1, guide.slug
        width, height = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
        assert (round(width), round(height)) == A4_POINTS
        text = text_of(pages)
        assert guide.title in text
        assert "Cetak" not in text
        expect_nothing_cut(desktop)
