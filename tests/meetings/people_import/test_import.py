"""Participants and members from a pasted list or a sheet, previewed and added through the URL."""

import io
import re
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from meetings.models import Meeting, Participant, PokjaEvent, PokjaMember
from tests.areas.public.pages import text_of
from tests.factories import (
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    PokjaDecreeFactory,
    PokjaMemberFactory,
    UserFactory,
    VillageFactory,
    city,
)

HEADINGS = ("No", "Nama", "Jabatan", "Instansi/Lembaga", "Unsur", "L/P", "No. HP", "Email")
ANI = ("1", "Ani", "Kabid", "DCKTLH", "OPD", "P", "0812-3456-7890", "ani@contoh.id")


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def meeting(db):
    return MeetingFactory()


def address(row, what="peserta"):
    return (
        f"/rakor/{row.pk}/peserta/impor/" if what == "peserta" else f"/rakor/pokja/{row.pk}/impor/"
    )


def pasted(*rows):
    return "\r\n".join("\t".join(row) for row in rows)


def sheet(*rows, merged=(), formats=(), name="Data"):
    """Return an uploaded workbook with these rows."""
    workbook = Workbook()
    page = workbook.active
    page.title = name
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    file = io.BytesIO()
    workbook.save(file)
    return SimpleUploadedFile("daftar.xlsx", file.getvalue())


def preview(client, row, text="", file=None, what="peserta"):
    typed = {"text": text} | ({"file": file} if file else {})
    return client.post(address(row, what), typed)


def sent(page, **changed):
    """Return the form of a preview as a browser sends it, with these fields changed."""
    context = page.context
    columns = context["seen"].columns
    data = {name: context[name] for name in ("digest", "version")}
    data |= {"sheets": context["sealed"], "sheet_shown": context["seen"].sheet.name}
    data |= {field.name: field.value() for field in columns}
    return {name: "" if value is None else value for name, value in (data | changed).items()}


def add(client, page, **changed):
    return client.post(page.context["addition"], sent(page, **changed), follow=True)


def outcomes(page):
    return {
        row.number: (str(row.outcome), row.sentence) for row in page.context["seen"].preview.rows
    }


def test_pasted_cells_are_previewed_and_added_with_one_post(client, meeting, bappeda):
    village = VillageFactory(name="Balokang")
    head = ("2", "Budi", "Kepala Desa", "Desa Balokang", "Desa", "L", "", "")
    page = preview(client, meeting, pasted(HEADINGS, ANI, head))
    assert page.status_code == 200
    text = text_of(page)
    assert (
        "Baru (2) Baris 2 Ani Kabid · DCKTLH · Perangkat daerah lain · P · 0812-3456-7890" in text
    )
    assert "Tambahkan 2 peserta baru" in text
    assert Participant.objects.count() == 0
    done = text_of(add(client, page))
    assert "2 peserta ditambahkan." in done
    ani, budi = Participant.objects.order_by("pk")
    assert (ani.name, ani.position, ani.organisation) == ("Ani", "Kabid", "DCKTLH")
    assert (ani.unsur, ani.sex, ani.phone, ani.email) == (
        "opd", "P", "0812-3456-7890", "ani@contoh.id",
    )  # fmt: skip
    assert (budi.village, budi.unsur, budi.is_invited) == (village, "desa", True)
    meeting.refresh_from_db()
    assert (meeting.version, meeting.changed_by) == (2, bappeda)
    # A second click, and the same list once more.
    assert "Semua orang di daftar ini sudah tercatat." in text_of(add(client, page))
    again = preview(client, meeting, pasted(HEADINGS, ANI, head))
    assert "Tidak ada yang baru untuk ditambahkan." in text_of(again)
    assert Participant.objects.count() == 2


def test_who_is_there_is_named_and_not_added_again(client, meeting):
    ParticipantFactory(meeting=meeting, name="ANI", organisation="dcktlh", phone="0811")
    page = preview(client, meeting, pasted(HEADINGS, ANI, ("2", "Budi", "", "DCKTLH")))
    assert outcomes(page) == {2: ("sama", ""), 3: ("baru", "")}
    add(client, page)
    assert sorted(Participant.objects.values_list("name", "phone")) == [
        ("ANI", "0811"),
        ("Budi", ""),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("1", "", "", "DCKTLH"), "Tulis nama atau jabatan peserta"),
        (("1", "", "", "DCKTLH", "", "", "0812-3456-7890"), "Tulis nama atau jabatan peserta"),
        (("1", "Ani", "Kabid", ""), "Tulis instansi atau lembaganya."),
        (
            ("1", "Ani", "Kabid", "DCKTLH", "Raja"),
            "Sel E2 berisi “Raja”. Tulis salah satu: Bappeda",
        ),
        (("1", "Ani", "", "DCKTLH", "", "X"), "Sel F2 berisi “X”. Tulis L atau P."),
        (("1", "Ani", "", "DCKTLH", "", "", "8,12E+10"), "bukan satu nomor HP"),
        (
            ("1", "Ani", "", "DCKTLH", "", "", "0812-3456-7890/0813-4567-8901"),
            "bukan satu nomor HP",
        ),
        (("1", "Ani", "", "DCKTLH", "", "", "", "ani@"), "Email: Tulis alamat email yang lengkap"),
        (("1", '=HYPERLINK("http://x")', "", "DCKTLH"), "seperti rumus. Tulis teksnya saja."),
        (("1", "@SUM(1)", "", "DCKTLH"), "seperti rumus"),
        (("1", "Ani", "+cmd|' /C calc'!A0", "DCKTLH"), "seperti rumus"),
        (("1", "A" * 121, "", "DCKTLH"), "Nama: Tulis paling banyak 120 huruf"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_row(client, meeting, row, sentence):
    page = preview(client, meeting, pasted(HEADINGS, row))
    assert sentence in text_of(page)
    assert page.context["seen"].preview.new == []
    page = preview(client, meeting, pasted(HEADINGS, row, ("2", "Budi", "", "Bappeda")))
    assert "Tambahkan 1 peserta baru" in text_of(page)
    add(client, page)
    assert Participant.objects.get().name == "Budi"


@pytest.mark.parametrize(
    ("value", "phone", "note"),
    [
        (81234567890, "081234567890", "Nomor HP 81234567890 dibaca 081234567890."),
        (6281234567890, "+6281234567890", "Nomor HP 6281234567890 dibaca +6281234567890."),
        (81234567890.0, "081234567890", "dibaca 081234567890"),
        ("0812 3456 7890", "0812 3456 7890", ""),
        ("+62 812-3456-7890", "+62 812-3456-7890", ""),
        ("'+62812345678", "+62812345678", ""),
        ("-", "", ""),
        (None, "", ""),
    ],
)
def test_numbers_as_phones_get_back_what_the_spreadsheet_dropped(
    client, meeting, value, phone, note
):
    page = preview(client, meeting, file=sheet(HEADINGS, (1, "Ani", "", "DCKTLH", "", "", value)))
    ((outcome, sentence),) = outcomes(page).values()
    assert (outcome, note in sentence, bool(sentence)) == ("baru", True, bool(note))
    add(client, page)
    assert Participant.objects.get().phone == phone


def test_merged_cells_and_formulas_are_refused_at_their_row(client, meeting):
    rows = [HEADINGS, (1, "Ani", "", "DCKTLH"), (2, "Budi", "", None), (3, '="x"&"y"', "", "BKM")]
    page = preview(client, meeting, file=sheet(*rows, merged=["D2:D3"]))
    found = outcomes(page)
    assert found[2][0] == "baru"
    assert found[3][0] == "salah"
    assert "Sel D3 bagian dari sel gabungan D2:D3. Pisahkan selnya" in found[3][1]
    assert "rumus yang belum dihitung" in found[4][1]
    # Also where the organisation is given for all rows.
    again = client.post(address(meeting), sent(page, organisation="Bappeda"))
    assert outcomes(again)[3][0] == "salah"


def test_headings_below_a_title_and_repeated_ones_are_recognised(client, meeting):
    rows = [
        ("DAFTAR HADIR",), ("Rapat Pokja",), HEADINGS, ("1", "2", "3", "4", "5", "6", "7", "8"),
        ANI, HEADINGS, ("2", "Budi", "", "Bappeda"), ("3",), ("", "Mengetahui,"),
    ]  # fmt: skip
    page = preview(client, meeting, file=sheet(*rows))
    found = outcomes(page)
    assert [found[number][0] for number in (4, 5, 6, 7, 8, 9)] == [
        "dilewati", "baru", "dilewati", "baru", "dilewati", "salah",
    ]  # fmt: skip


def test_a_row_named_twice_is_refused_the_second_time(client, meeting):
    twin = ("7", "ANI", "Sekretaris", "dcktlh")
    page = preview(client, meeting, pasted(HEADINGS, ANI, twin))
    assert outcomes(page)[3] == (
        "salah",
        "Orang ini sudah disebut di baris 2. Hapus salah satunya.",
    )


def test_wrong_headings_ask_for_the_meaning_of_columns(client, meeting):
    page = preview(client, meeting, pasted(("Orang", "Kantor"), ("Ani", "DCKTLH")))
    assert page.status_code == 200
    text = text_of(page)
    assert "Pilih kolom mana yang berisi instansi, atau tulis instansi untuk semua baris." in text
    assert "Tidak dibaca: Kolom B. Pilih artinya di “Arti kolom” bila perlu." in text
    assert page.context["seen"].preview is None
    assert client.post(page.context["addition"], sent(page)).status_code == 422
    chosen = {"heading": "1", "column-0": "nama", "column-1": "organisation"}
    page = client.post(address(meeting), sent(page, **chosen))
    assert outcomes(page) == {2: ("baru", "")}
    add(client, page)
    found = Participant.objects.get()
    assert (found.name, found.organisation, found.unsur) == ("Ani", "DCKTLH", "other")


def test_two_columns_of_one_meaning_are_refused(client, meeting):
    page = preview(client, meeting, pasted(HEADINGS, ANI))
    page = client.post(address(meeting), sent(page, **{"column-2": "nama"}))
    assert page.status_code == 422
    assert "Dua kolom dipilih sebagai Nama. Pilih satu saja." in text_of(page)


def test_a_list_of_a_chat_is_divided_and_asked_about(client, meeting):
    text = "*Peserta rapat*\n1. Siti Aminah, S.T. - Kabid Fisik - Bappeda\n2) Budi – x - Dinas\n- Cici - Staf - DLH"
    page = preview(client, meeting, text)
    assert "Pilih kolom mana" in text_of(page)
    chosen = {"column-0": "nama", "column-1": "position", "column-2": "organisation"}
    page = client.post(address(meeting), sent(page, **chosen))
    found = outcomes(page)
    assert found[1][0] == "salah"
    add(client, page)
    names = list(Participant.objects.values_list("name", "position", "organisation"))
    assert ("Siti Aminah, S.T.", "Kabid Fisik", "Bappeda") in names
    assert ("Cici", "Staf", "DLH") in names


def test_a_list_without_headings_is_asked_only_what_is_not_sure(client, meeting):
    text = "1. Siti - Kepala Dinas - DLH - 0812-1111-2222 - L - a@contoh.id\n2. Budi - Camat - Pataruman - 12 - P - -"
    page = preview(client, meeting, text)
    assert "Pilih kolom mana yang berisi instansi" in text_of(page)
    assert "Tidak dibaca: Kolom B; Kolom C." in text_of(page)
    columns = page.context["seen"].columns
    found = [columns[f"column-{index}"].value() for index in range(6)]
    assert found == ["nama", "", "", "phone", "sex", "email"]
    page = client.post(address(meeting), sent(page, **{"column-2": "organisation"}))
    assert "Tidak dibaca: Kolom B." in text_of(page)
    found = outcomes(page)
    assert found[1] == ("baru", "")
    assert "Sel D2 berisi “12”, bukan satu nomor HP." in found[2][1]
    add(client, page)
    assert list(Participant.objects.values_list("name", "phone", "sex", "email")) == [
        ("Siti", "0812-1111-2222", "L", "a@contoh.id")
    ]


def test_a_row_that_is_no_person_is_left_out(client, meeting):
    page = preview(client, meeting, "Undangan:\nAni - DCKTLH\nBudi - DCKTLH\nTerima kasih")
    chosen = {"column-1": "organisation", "organisation": "DCKTLH", "skip": ["1", "4"]}
    page = client.post(address(meeting), sent(page, **chosen))
    assert page.content.decode().count('" checked>') == 2
    refused = add(client, page, skip=["1", "2", "3", "4"])
    assert refused.status_code == 422
    assert "jadi tidak ada yang ditambahkan" in text_of(refused)
    done = add(client, page, skip=["1", "4"])
    assert "2 peserta ditambahkan." in text_of(done)
    assert set(Participant.objects.values_list("name", flat=True)) == {"Ani", "Budi"}


def test_all_problems_of_a_row_are_named_at_once(client, meeting):
    row = ("1", "", "", "DCKTLH", "Raja", "X", "1", "ani@")
    (found,) = outcomes(preview(client, meeting, pasted(HEADINGS, row))).values()
    for part in ("Sel E2", "Sel F2", "Sel G2", "Email: Tulis alamat email yang lengkap"):
        assert part in found[1]


def test_names_alone_take_the_organisation_of_the_form(client, meeting):
    page = preview(client, meeting, "1. Ani\n2. Budi")
    page = client.post(address(meeting), sent(page, **{"column-0": "nama"}))
    assert page.status_code == 422
    assert "tulis instansi untuk semua baris" in text_of(page)
    chosen = {"column-0": "nama", "organisation": "KOTAKU", "unsur": "kotaku"}
    page = client.post(address(meeting), sent(page, **chosen))
    add(client, page)
    found = list(Participant.objects.values_list("name", "organisation", "unsur"))
    assert found == [("Ani", "KOTAKU", "kotaku"), ("Budi", "KOTAKU", "kotaku")]


def test_another_sheet_can_be_chosen(client, meeting):
    workbook = load_workbook(io.BytesIO(sheet(HEADINGS, ANI, name="Satu").read()))
    other = workbook.create_sheet("Dua")
    other.append(["Nama", "Instansi"])
    other.append(["Budi", "Bappeda"])
    file = io.BytesIO()
    workbook.save(file)
    page = preview(client, meeting, file=SimpleUploadedFile("a.xlsx", file.getvalue()))
    assert page.context["seen"].sheet.name == "Satu"
    page = client.post(address(meeting), sent(page, sheet="Dua"))
    assert [row.title for row in page.context["seen"].preview.new] == ["Budi"]


def test_more_people_than_a_meeting_holds_are_refused_together(client, meeting):
    ParticipantFactory(meeting=meeting)
    rows = [(f"Orang {number}", "Dinas") for number in range(400)]
    page = preview(client, meeting, pasted(("Nama", "Instansi"), *rows))
    assert "Daftar peserta memuat paling banyak 400 orang. Sekarang ada 1, dan yang baru 400." in (
        text_of(page)
    )
    assert "Tambahkan" not in re.findall(r"<button[^>]*formaction[^>]*>", page.content.decode())
    assert client.post(page.context["addition"], sent(page)).status_code == 409
    page = preview(client, meeting, pasted(("Nama", "Instansi"), *rows[1:]))
    assert "399 peserta ditambahkan." in text_of(add(client, page))
    long = [(f"Orang {number}", "Dinas") for number in range(700)]
    page = preview(client, meeting, pasted(*long))
    assert page.status_code == 422
    assert "berisi 700 baris. Paling banyak 600 baris sekali impor" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Tempel daftarnya, atau pilih berkas Excel atau CSV."),
        ({"text": "x", "file": "berkas"}, "Pilih salah satu: tempel daftarnya atau pilih berkas."),
        ({"file": b"%PDF-1.4 x"}, "Berkas ini PDF"),
        ({"file": b"Ani\nBudi\n"}, "isinya hanya satu kolom. Salin daftarnya"),
        ({"sheets": "palsu"}, "Daftar yang diperiksa tidak terkirim utuh."),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(client, meeting, typed, sentence):
    if file := typed.get("file"):
        content = file if isinstance(file, bytes) else b"nama;instansi\nAni;Dinas\n"
        typed = typed | {"file": SimpleUploadedFile("a.csv", content)}
    page = client.post(address(meeting), typed)
    assert page.status_code == 422
    assert sentence in text_of(page)
    if typed.get("text"):
        assert ">x</textarea>" in page.content.decode().replace("\n", "")


def test_a_preview_that_is_outdated_adds_nothing(client, meeting):
    page = preview(client, meeting, pasted(HEADINGS, ANI, ("2", "Budi", "", "Bappeda")))
    ParticipantFactory(meeting=meeting, name="Ani", organisation="DCKTLH")
    response = client.post(page.context["addition"], sent(page))
    assert response.status_code == 409
    assert "Daftarnya berubah sejak pratinjau ini dibuat." in text_of(response)
    assert Participant.objects.count() == 1
    # Columns that were changed after the preview too.
    page = preview(client, meeting, pasted(HEADINGS, ("2", "Budi", "", "Bappeda")))
    assert client.post(page.context["addition"], sent(page, unsur="bkm")).status_code == 409
    # The meeting was changed meanwhile: the page says who, and its button adds.
    other = UserFactory(bappeda=True, full_name="Rekan")
    meeting.change(by=other, version=1, place="Lain")
    response = client.post(page.context["addition"], sent(page))
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh Rekan" in text_of(response)
    assert "1 peserta ditambahkan." in text_of(add(client, response))


def test_submitted_minutes_close_the_list(client, db):
    meeting = MinutesFactory(submitted=True).meeting
    for method in (client.get, client.post):
        assert "jadi daftar peserta tidak diubah lagi" in text_of(
            method(address(meeting), follow=True)
        )
    response = client.post(f"{address(meeting)}penambahan/", {}, follow=True)
    assert "jadi daftar peserta tidak diubah lagi" in text_of(response)


@pytest.mark.parametrize(
    ("step", "undo", "sentence"),
    [
        (Meeting.discard, Meeting.restore, "Draf rapat ini sudah dibuang"),
        (partial(Meeting.cancel, reason="Banjir"), Meeting.reopen, "Rapat ini sudah dibatalkan"),
    ],
)
def test_a_list_for_a_meeting_that_ended_meanwhile_stays_on_the_page(
    client, second_bappeda, step, undo, sentence
):
    state = "draft" if step is Meeting.discard else "scheduled"
    meeting = MeetingFactory(state=state)
    text = pasted(HEADINGS, ANI)
    before = preview(client, meeting, text)
    step(meeting, by=second_bappeda, version=1)
    for attempt in range(2):
        pasted_late = preview(client, meeting, text if attempt else "tanpa judul kolom")
        added = client.post(before.context["addition"], sent(before))
        for page in (pasted_late, added):
            assert page.status_code == 409
            assert f"{sentence}, jadi tidak ada peserta yang ditambahkan." in text_of(page)
        assert ("Ani" if attempt else "tanpa judul kolom") in pasted_late.content.decode()
        assert "Tambahkan 1 peserta baru" in text_of(added)
        before = added
    assert not Participant.objects.exists()
    # A new page of a discarded meeting is not there, that of a cancelled one says why it is closed.
    opened = client.get(address(meeting), follow=True)
    is_gone = step is Meeting.discard
    assert opened.status_code == (404 if is_gone else 200)
    assert is_gone or sentence in text_of(opened)
    # Once it is a meeting again, the page that is still open adds.
    undo(meeting, by=second_bappeda, version=2)
    again = client.post(before.context["addition"], sent(before))
    assert "Data ini baru saja diubah oleh" in text_of(again)
    assert "1 peserta ditambahkan." in text_of(add(client, again))


def test_a_list_for_a_discarded_meeting_of_another_region_is_not_found(client_of, meeting):
    Meeting.objects.update(state="discarded")
    away = UserFactory(bappeda=True, region=city("32.07", "Ciamis"))
    for path in ("", "penambahan/"):
        response = client_of(away).post(f"{address(meeting)}{path}", {"text": "Ani"})
        assert response.status_code == 404


def test_members_are_imported_with_their_places(client, bappeda):
    decree = PokjaDecreeFactory()
    PokjaMemberFactory(decree=decree, name="Ani", organisation="DCKTLH")
    headings = ("Nama", "Jabatan", "Instansi", "Kedudukan dalam Pokja", "Bidang", "HP")
    rows = [
        ("Siti", "Kepala", "Bappeda", "Ketua", "", "81234567890"),
        ("Ani", "", "DCKTLH", "Anggota", "", ""),
        ("", "Koordinator", "KOTAKU", "", "Bidang Fisik", ""),
        ("Budi", "", "DLH", "Raja", "", ""),
    ]
    page = preview(client, decree, pasted(headings, *rows), what="anggota")
    assert [each[0] for each in outcomes(page).values()] == ["baru", "sama", "baru", "salah"]
    assert "Tambahkan 2 anggota baru" in text_of(page)
    done = text_of(add(client, page))
    assert "2 anggota ditambahkan." in done
    assert "mengimpor anggota" in done
    siti, koordinator = PokjaMember.objects.order_by("pk")[1:]
    assert (siti.role, siti.phone, siti.changed_by) == ("ketua", "081234567890", bappeda)
    assert (koordinator.role, koordinator.section) == ("anggota", "Bidang Fisik")
    event = PokjaEvent.objects.get()
    assert event.changes == [["2 orang", "", "Siti, Koordinator"]]
    assert "0812" not in str(event.changes)


@pytest.mark.parametrize("what", ["peserta", "anggota"])
def test_the_template_is_read_as_it_is_filled_in(client, what):
    row = MeetingFactory() if what == "peserta" else PokjaDecreeFactory()
    response = client.get(f"/rakor/templat-{what}.xlsx")
    workbook = load_workbook(io.BytesIO(response.content))
    page = workbook["Data"]
    headings = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, headings["Nomor HP"]).number_format == "@"
    values = {"Nama": "Ani", "Instansi/lembaga": "DCKTLH", "Nomor HP": "0812-3456-7890", "L/P": "P"}
    if what == "anggota":
        values |= {"Kedudukan dalam Pokja": "Wakil ketua", "Bidang": "Fisik"}
    for title, value in values.items():
        page.cell(2, headings[title]).value = value
    file = io.BytesIO()
    workbook.save(file)
    seen = preview(client, row, file=SimpleUploadedFile("a.xlsx", file.getvalue()), what=what)
    assert [each.outcome for each in seen.context["seen"].preview.rows] == ["baru"]


def test_readers_and_other_regions_import_nothing(client_of, viewer, meeting):
    decree = PokjaDecreeFactory()
    elsewhere = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    for url in (address(meeting), address(decree, "anggota")):
        for part in ("", "penambahan/"):
            assert client_of(viewer).post(url + part, {"text": "x"}).status_code == 403
            assert client_of(elsewhere).post(url + part, {"text": "x"}).status_code == 404


@pytest.mark.parametrize("count", [2, 300])
def test_a_preview_takes_the_same_queries_for_any_number(
    client, meeting, count, django_assert_max_num_queries
):
    rows = [(f"Orang {number}", "Dinas") for number in range(count)]
    preview(client, meeting, pasted(("Nama", "Instansi"), *rows))
    with django_assert_max_num_queries(16):
        page = preview(client, meeting, pasted(("Nama", "Instansi"), *rows))
    with django_assert_max_num_queries(22):
        client.post(page.context["addition"], sent(page))
    assert Participant.objects.count() == count
