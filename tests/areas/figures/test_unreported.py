"""Bappeda sees who has not handed in, calls, writes by WhatsApp, and reminds by mail once a day."""

import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from areas.figures.unreported import late_text
from areas.models import FigureReminder, Village
from tests.areas.public.pages import text_of
from tests.drawn_forms import Forms
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
)

PAGE = "/verifikasi/belum-melapor/"
REMIND = "/verifikasi/belum-melapor/pengingat/"


@pytest.fixture
def year(programme):
    """The year that is due."""
    return programme.due_year(timezone.localdate())


@pytest.fixture
def villages(programme, baseline, other_baseline, officer, other_officer, year):
    """One village has entered nothing, one has a draft; two more are returned and handed in."""
    officer.email, officer.phone, officer.position = (
        "petugas@contoh.example",
        "0812-3456-7890",
        "Kasi",
    )
    officer.save()
    other_officer.phone = "(0265) 741 000"
    other_officer.save()
    YearlyFigureFactory(baseline=other_baseline, year=year)
    back = BaselineFactory(programme=programme, village__name="Cibeureum")
    YearlyFigureFactory(baseline=back, year=year, returned=True)
    done = BaselineFactory(programme=programme, village__name="Selesai")
    YearlyFigureFactory(baseline=done, year=year, submitted=True)
    return programme


def remind(client, programme, year, **more):
    return client.post(REMIND, {"periode": programme.slug, "tahun": year, **more}, follow=True)


def test_bappeda_sees_who_has_not_handed_in_and_how_to_reach_them(
    client_of, bappeda, villages, year
):
    response = client_of(bappeda).get(PAGE)
    shown = text_of(response)
    assert f"3 dari 4 desa/kelurahan belum melapor tahun {year}" in shown
    assert "1 belum diisi; 1 draf, belum diajukan; 1 dikembalikan, belum diajukan lagi" in shown
    assert "Desa Selesai" not in shown
    assert "Kasi" in shown
    assert "Belum ada alamat email; hubungi lewat telepon atau WhatsApp." in shown
    assert "Belum ada akun petugas. Minta admin membuatnya." in shown
    page = response.content.decode()
    # A mobile number is written to; a landline is only called.
    (link,) = re.findall(r'href="(https://wa\.me/[^"]+)"', page)
    address = urlsplit(link)
    assert address.path == "/6281234567890"
    (text,) = parse_qs(address.query.replace("&amp;", "&"))["text"]
    assert f"luas kumuh tahun {year} belum diisi" in text
    assert "Desa Balokang" in text
    assert f"/isian/{year}/?desa=" in text
    assert 'href="tel:+62265741000"' in page


def test_one_click_reminds_everybody_once_a_day(
    client_of, bappeda, second_bappeda, villages, year, mailoutbox
):
    shown = text_of(remind(client_of(bappeda), villages, year))
    assert "Pengingat terkirim ke 1 desa/kelurahan." in shown
    assert "Terakhir diingatkan: Pemeriksa" in shown
    assert "Sudah diingatkan hari ini" in shown
    (mail,) = mailoutbox
    assert mail.to == ["petugas@contoh.example"]
    assert f"Luas kumuh Desa Balokang tahun {year} belum diisi." in mail.body
    assert f"/isian/{year}/?desa=" in mail.body
    # A double click, or a colleague on the same day.
    for user in (bappeda, second_bappeda):
        shown = text_of(remind(client_of(user), villages, year))
        assert "Sudah diingatkan hari ini; pengingat dikirim paling banyak sekali sehari." in shown
    assert len(mailoutbox) == FigureReminder.objects.count() == 1


def test_a_reminder_of_yesterday_may_be_repeated(client_of, bappeda, villages, year, mailoutbox):
    remind(client_of(bappeda), villages, year)
    FigureReminder.objects.update(day=date(2020, 1, 1))
    remind(client_of(bappeda), villages, year)
    assert len(mailoutbox) == FigureReminder.objects.count() == 2


def test_one_village_is_reminded_alone(
    client_of, bappeda, villages, year, mailoutbox, other_officer
):
    other_officer.email = "tetangga@contoh.example"
    other_officer.save()
    code = Village.objects.get(name="Binangun").code
    remind(client_of(bappeda), villages, year, desa=code)
    (mail,) = mailoutbox
    assert mail.to == ["tetangga@contoh.example"]
    assert "masih draf dan belum diajukan" in mail.body


def test_a_returned_figure_is_to_be_corrected(client_of, bappeda, villages, year, mailoutbox):
    village = Village.objects.get(name="Cibeureum")
    village.officers.add(UserFactory(officer=True, email="cibeureum@contoh.example"))
    remind(client_of(bappeda), villages, year, desa=village.code)
    (mail,) = mailoutbox
    assert f"tahun {year} perlu diperbaiki dan diajukan lagi" in mail.body


def test_the_buttons_of_the_page_name_its_year_and_each_its_village(
    client_of, bappeda, villages, other_officer, year
):
    other_officer.email = "tetangga@contoh.example"
    other_officer.save()
    page = client_of(bappeda).get(PAGE).content.decode()
    rows = Village.objects.filter(name__in=["Balokang", "Binangun"]).values_list("code", flat=True)
    forms = [fields for (target,), fields in Forms(PAGE, page).found if target == REMIND]
    assert {(each["periode"], each["tahun"]) for each in forms} == {(villages.slug, str(year))}
    # The first button writes to all of them.
    to_all, *to_one = [each.get("desa") for each in forms]
    assert to_all is None
    assert sorted(to_one) == sorted(rows)
    assert re.search(rf'href="[^"]*\?periode={villages.slug}&amp;tahun={year}">Unduh Excel', page)


def test_who_has_handed_in_or_has_no_address_is_not_reminded(
    client_of, bappeda, villages, year, mailoutbox
):
    for name, sentence in {
        "Selesai": "Sudah melapor; tidak ada yang perlu diingatkan.",
        "Cibeureum": "Belum ada alamat email, jadi tidak ada yang dikirimi.",
    }.items():
        code = Village.objects.get(name=name).code
        assert sentence in text_of(remind(client_of(bappeda), villages, year, desa=code))
    assert mailoutbox == []
    assert not FigureReminder.objects.exists()


def test_mail_that_fails_is_said_and_may_be_sent_again(
    client_of, bappeda, villages, year, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    shown = text_of(remind(client_of(bappeda), villages, year))
    assert "Email ke 1 desa/kelurahan tidak terkirim" in shown
    assert not FigureReminder.objects.exists()


def test_without_a_mail_server_no_mail_is_offered(client_of, bappeda, villages, year, settings):
    assert "Ingatkan 1 desa/kelurahan lewat email" in text_of(client_of(bappeda).get(PAGE))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    shown = text_of(client_of(bappeda).get(PAGE))
    assert "lewat email" not in shown
    assert "server emailnya belum diatur; minta admin mengurusnya." in shown
    # A form from before: nothing is said to be sent.
    shown = text_of(remind(client_of(bappeda), villages, year))
    assert "Pengingat terkirim" not in shown
    assert "server emailnya belum diatur" in shown
    assert not FigureReminder.objects.exists()


def test_bappeda_of_a_province_sees_every_city_first(client_of, bappeda, villages, year):
    cimahi = city("32.77", "Cimahi")
    other = ProgrammeFactory(region=cimahi, name="SK Cimahi")
    for name in ("Cibabat", "Cipageran"):
        BaselineFactory(programme=other, village=VillageFactory(
            name=name, district=DistrictFactory(region=cimahi)))  # fmt: skip
    # In one city nothing changes.
    assert "3 dari 4 desa/kelurahan belum melapor" in text_of(client_of(bappeda).get(PAGE))
    bappeda.region = None
    bappeda.save()
    said = "5 desa/kelurahan di 2 kabupaten/kota belum melapor"
    assert said in text_of(client_of(bappeda).get("/"))
    response = client_of(bappeda).get(PAGE)
    shown = text_of(response)
    assert said in shown
    assert f"{year} 3 dari 4" in shown
    assert f"Kota Cimahi SK Cimahi {year} 2 dari 2" in shown
    link = re.search(r'href="([^"]*)">Kota Cimahi', response.content.decode())[1]
    assert "2 dari 2 desa/kelurahan belum melapor" in text_of(
        client_of(bappeda).get(link.replace("&amp;", "&"))
    )


def test_a_closed_period_is_not_reminded(client_of, bappeda, villages, year, mailoutbox):
    villages.is_current, villages.is_closed = False, True
    villages.save()
    shown = text_of(remind(client_of(bappeda), villages, year))
    assert "Periode ini tidak menerima isian lagi" in shown
    assert mailoutbox == []
    assert "belum melapor" not in text_of(client_of(bappeda).get("/"))


def test_the_way_there_is_on_the_home_page_and_in_the_queue(
    client_of, bappeda, officer, villages, year
):
    assert f"3 desa/kelurahan belum melapor tahun {year}" in text_of(client_of(bappeda).get("/"))
    assert PAGE in client_of(bappeda).get("/verifikasi/").content.decode()
    assert "belum melapor" not in text_of(client_of(officer).get("/"))


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ({2019: 3}, "3 desa/kelurahan untuk 2019"),
        ({2019: 3, 2020: 14, 2021: 14}, "3 desa/kelurahan untuk 2019; 14 untuk 2020–2021"),
        ({2017: 3, 2018: 5, 2019: 3}, "3 desa/kelurahan untuk 2017 dan 2019; 5 untuk 2018"),
        (
            {2016: 1, 2017: 9, 2018: 4, 2019: 2},
            "1 sampai 9 desa/kelurahan per tahun (2016–2019)",
        ),
    ],
)
def test_the_number_of_late_villages_is_that_of_each_year(late, words):
    assert late_text(late) == f"Sudah lewat batas, belum melapor: {words}"


def test_the_list_is_downloaded_with_contacts_and_the_download_is_on_record(
    client_of, bappeda, admin, villages, year
):
    response = client_of(bappeda).get(f"/verifikasi/belum-melapor.xlsx?tahun={year}")
    content = b"".join(response) if response.streaming else response.content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    header, *rows = ([str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [each["desa_kelurahan"] for each in found] == [
        "Desa Balokang",
        "Desa Binangun",
        "Desa Cibeureum",
    ]
    assert "0812-3456-7890" in found[0]["nomor_hp"]
    assert "belum-melapor" in text_of(client_of(admin).get("/audit/"))


def test_reminders_are_in_the_audit(client_of, bappeda, admin, villages, year):
    remind(client_of(bappeda), villages, year)
    assert "Isian: mengingatkan lewat email" in text_of(client_of(admin).get("/audit/"))


def test_another_city_is_neither_seen_nor_reminded(client_of, villages, year, mailoutbox):
    stranger = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    client = client_of(stranger)
    assert "Balokang" not in text_of(client.get(PAGE))
    assert client.get(f"{PAGE}?periode={villages.slug}").status_code == 404
    assert client.post(REMIND, {"periode": villages.slug, "tahun": year}).status_code == 404
    assert mailoutbox == []


def test_in_january_last_year_is_still_due(programme):
    assert programme.due_year(date(2019, 1, 31)) == 2018
    assert programme.due_year(date(2019, 2, 1)) == 2019


def test_what_was_not_handed_in_stays_a_task_after_its_due_date(
    client_of, bappeda, officer, villages, year
):
    home = client_of(bappeda).get("/")
    late = f"Sudah lewat batas, belum melapor: 4 desa/kelurahan untuk 2017–{year - 1}"
    assert late in text_of(home)
    assert f"tahun={year - 1}" in home.content.decode()
    done = YearlyFigureFactory(
        baseline=villages.baselines.get(village__name="Balokang"), year=2018, submitted=True
    )
    of_village = (
        f"{done.baseline.village} tahun 2017 dan 2019–{year - 1} belum diajukan, sudah lewat batas"
    )
    assert f"Luas kumuh {of_village}" in text_of(client_of(officer).get("/"))


@pytest.mark.parametrize(("day", "asked"), [(date(2019, 1, 31), 2018), (date(2019, 2, 1), 2019)])
def test_a_village_is_asked_for_last_year_until_its_due_date(
    client_of, officer, baseline, monkeypatch, day, asked
):
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    assert f"Luas kumuh Desa Balokang tahun {asked} belum diajukan" in text_of(
        client_of(officer).get("/")
    )
    assert f"Isi luas kumuh {asked}" in text_of(client_of(officer).get("/isian/"))
    late = "tahun 2018 belum diajukan, sudah lewat batas"
    assert (late in text_of(client_of(officer).get("/"))) == (asked == 2019)
