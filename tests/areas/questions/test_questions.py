"""A village and Bappeda ask each other about a record, and nothing is returned for it."""

import re
import uuid

import pytest
from django.db import IntegrityError, transaction

from areas.models import Question
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    UserFactory,
    YearlyFigureFactory,
)

TEXT = "Apakah RT 03 sudah termasuk?"


@pytest.fixture
def records(baseline, officer):
    """One record of each kind of the officer's village: key -> record."""
    return {
        "isian": YearlyFigureFactory(
            baseline=baseline, year=2017, submitted=True, entered_by=officer
        ),
        "penilaian": AssessmentFactory(
            neighbourhood__village=baseline.village, submitted=True, entered_by=officer
        ),
        "kegiatan": ActivityFactory(village=baseline.village),
    }


@pytest.fixture
def mailed(officer, bappeda, second_bappeda, other_officer, mailoutbox):
    """Everybody has an address; returns who got which mail."""
    for user in (officer, bappeda, second_bappeda, other_officer):
        user.email = f"{user.username}@contoh.example"
        user.save()

    def taken():
        found = [(mail.to[0].split("@")[0], mail.subject.split(":")[0]) for mail in mailoutbox]
        for mail in mailoutbox:
            words = "menjawab pertanyaan" if mail.subject.startswith("Jawaban") else "bertanya"
            assert f" {words} tentang " in mail.body
        mailoutbox.clear()
        return sorted(found)

    return taken


def page_of(kind, record):
    return f"/pertanyaan/{kind}/{record.pk}/"


def ask(client, page, text=TEXT, uid=None):
    return client.post(page, {"text": text, "uid": uid or uuid.uuid4()})


def reply(client, question, text, version=None):
    version = question.version if version is None else version
    return client.post(f"/pertanyaan/{question.pk}/balasan/", {"text": text, "version": version})


def close(client, question):
    return client.post(f"/pertanyaan/{question.pk}/penutupan/", {"version": question.version})


PLACES = {
    "isian": {"officer": "/isian/2017/?desa={code}", "bappeda": "/verifikasi/{pk}/"},
    "penilaian": {"officer": "/penilaian/{pk}/", "bappeda": "/penilaian/{pk}/"},
    "kegiatan": {"officer": "/rencana/{pk}/", "bappeda": "/rencana/{pk}/"},
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("asker", ["bappeda", "officer"])
def test_either_side_asks_and_the_other_answers_without_a_return(
    client_of, records, mailed, officer, bappeda, kind, asker
):
    record = records[kind]
    before = (record.status, record.version)
    sides = {"officer": client_of(officer), "bappeda": client_of(bappeda)}
    asking, answering = sides[asker], sides[({*sides} - {asker}).pop()]
    page = page_of(kind, record)
    assert ask(asking, page)["Location"] == page
    others = [("petugas", "Pertanyaan")]
    if asker == "officer":
        others = [("pemeriksa", "Pertanyaan"), ("pemeriksa2", "Pertanyaan")]
    assert mailed() == others
    # Both find it on their home page and beside the record.
    assert "Jawab pertanyaan: " in text_of(answering.get("/"))
    assert "Pertanyaan Anda menunggu jawaban: " in text_of(asking.get("/"))
    for side, client in sides.items():
        code = record.baseline.village.code if kind == "isian" else ""
        place = PLACES[kind][side].format(pk=record.pk, code=code)
        assert TEXT in text_of(client.get(place)), place
    question = Question.objects.get()
    assert reply(answering, question, "Ya, sudah.")["Location"] == page
    assert mailed()[0] == (officer.username if asker == "officer" else "pemeriksa", "Jawaban")
    assert "Jawab pertanyaan: " not in text_of(answering.get("/"))
    assert "Pertanyaan Anda sudah dijawab: " in text_of(asking.get("/"))
    question.refresh_from_db()
    # Only the asker closes it.
    refused = close(answering, question)
    assert refused.status_code == 409
    assert "Pertanyaan ditutup oleh yang bertanya." in text_of(refused)
    assert close(asking, question).status_code == 302
    assert "Pertanyaan Anda" not in text_of(asking.get("/"))
    shown = text_of(answering.get(page))
    assert "Ya, sudah." in shown
    assert "Selesai" in shown
    record.refresh_from_db()
    assert (record.status, record.version) == before


def test_a_question_is_read_by_its_village_and_the_staff_alone(
    client_of, records, officer, other_officer, viewer, bappeda, baseline
):
    ask(client_of(bappeda), page_of("isian", records["isian"]))
    question = Question.objects.get()
    page = page_of("isian", records["isian"])
    assert TEXT in text_of(client_of(viewer).get(page))
    assert TEXT in text_of(client_of(viewer).get("/pertanyaan/"))
    assert reply(client_of(viewer), question, "Ya.").status_code == 403
    assert client_of(other_officer).get(page).status_code == 404
    assert TEXT not in text_of(client_of(other_officer).get("/pertanyaan/"))
    assert reply(client_of(other_officer), question, "Ya.").status_code == 404
    public = ["/", f"/desa/{baseline.village.code}/", "/cari/?q=RT+03+termasuk"]
    public += ["/data/angka-tahunan.csv", "/data/angka-tahunan.json"]
    for client in (client_of(), client_of(other_officer)):
        for address in public:
            response = client.get(address)
            content = b"".join(response) if response.streaming else response.content
            assert TEXT.encode() not in content, address


def test_an_activity_of_a_neighbour_is_read_without_its_questions(
    client_of, records, other_officer, bappeda
):
    activity = records["kegiatan"]
    ask(client_of(bappeda), page_of("kegiatan", activity))
    response = client_of(other_officer).get(f"/rencana/{activity.pk}/")
    assert response.status_code == 200
    assert TEXT not in text_of(response)
    assert client_of(other_officer).get(page_of("kegiatan", activity)).status_code == 404


def test_two_clicks_ask_and_answer_once(client_of, records, mailed, officer, bappeda):
    page, uid = page_of("isian", records["isian"]), uuid.uuid4()
    for _ in range(2):
        assert ask(client_of(bappeda), page, uid=uid).status_code == 302
    question = Question.objects.get()
    for _ in range(2):
        assert reply(client_of(officer), question, "Ya.", version=1).status_code == 302
    assert [event.kind for event in question.events.all()] == ["asked", "answered"]
    assert mailed() == [("pemeriksa", "Jawaban"), ("petugas", "Pertanyaan")]


def test_an_answer_that_came_second_stays_in_the_form(
    client_of, records, officer, second_officer, bappeda
):
    ask(client_of(bappeda), page_of("isian", records["isian"]))
    question = Question.objects.get()
    reply(client_of(officer), question, "Ya.", version=1)
    late = reply(client_of(second_officer), question, "Tidak, belum.", version=1)
    assert late.status_code == 409
    shown = text_of(late)
    assert "Data ini baru saja diubah oleh Petugas" in shown
    assert "Tidak, belum." in shown
    # What the form says now is sent with the version that was just shown.
    (version,) = re.findall(r'name="version" value="(\d+)" id="id_\d', late.content.decode())
    assert reply(client_of(second_officer), question, "Tidak, belum.", version).status_code == 302
    # And an answer to a question that was closed meanwhile is shown for copying.
    question.refresh_from_db()
    close(client_of(bappeda), question)
    gone = reply(client_of(officer), question, "Terlambat sekali.")
    assert gone.status_code == 409
    assert "Yang Anda tulis, belum terkirim: Terlambat sekali." in text_of(gone)


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_question_gets_a_sentence(client_of, records, officer, text):
    response = ask(client_of(officer), page_of("kegiatan", records["kegiatan"]), text)
    assert response.status_code == 422
    assert "Tulis pertanyaan Anda." in text_of(response)
    assert not Question.objects.exists()


@pytest.mark.parametrize("asker", ["bappeda", "officer"])
def test_who_asked_may_add_and_then_it_waits_again(
    client_of, records, mailed, officer, bappeda, baseline, asker
):
    page = page_of("isian", records["isian"])
    sides = {"officer": client_of(officer), "bappeda": client_of(bappeda)}
    names = {"officer": str(baseline.village), "bappeda": "Bappeda"}
    (other,) = {*sides} - {asker}
    asking, answering = sides[asker], sides[other]
    ask(asking, page)
    asked = mailed()
    assert f"Menunggu jawaban dari {names[other]}" in text_of(answering.get(page))
    assert "Tambahan untuk pertanyaan ini" in text_of(asking.get(page))
    assert "Tambahan untuk pertanyaan ini" not in text_of(answering.get(page))
    question = Question.objects.get()
    reply(answering, question, "Ya.")
    question.refresh_from_db()
    assert "Menunggu jawaban dari" not in text_of(answering.get(page))
    mailed()
    reply(asking, question, "Dan RT 04?")
    question.refresh_from_db()
    assert question.get_state_display() == "Menunggu jawaban"
    assert "Jawab pertanyaan: " in text_of(answering.get("/"))
    # An addition is told as a question, and to the same people as the first one.
    assert mailed() == asked


def test_a_colleague_closes_what_a_closed_account_asked(
    client_of, records, bappeda, second_bappeda
):
    ask(client_of(bappeda), page_of("isian", records["isian"]))
    question = Question.objects.get()
    assert close(client_of(second_bappeda), question).status_code == 409
    bappeda.is_active = False
    bappeda.save()
    assert close(client_of(second_bappeda), question).status_code == 302


def test_questions_are_in_the_audit(client_of, records, officer, bappeda, admin):
    ask(client_of(bappeda), page_of("penilaian", records["penilaian"]))
    reply(client_of(officer), Question.objects.get(), "Ya.")
    shown = text_of(client_of(admin).get("/audit/"))
    assert "Pertanyaan: bertanya" in shown
    assert "Pertanyaan: menjawab" in shown


def test_a_text_sent_after_the_session_ended_waits_for_its_writer(client_of, records, officer):
    client = client_of(officer)
    page = page_of("isian", records["isian"])
    (owner,) = re.findall(r'name="_owner" value="([^"]+)"', client.get(page).content.decode())
    client.logout()
    typed = {"text": TEXT, "uid": uuid.uuid4(), "_owner": owner}
    assert client.post(page, typed)["Location"].startswith("/akun/masuk/")
    client.force_login(officer)
    shown = text_of(client.get(page))
    assert "Tulisan Anda belum tersimpan" in shown
    assert TEXT in shown
    assert not Question.objects.exists()


def test_many_questions_are_one_line_at_home(client_of, records, officer, bappeda):
    for number in range(3):
        ask(client_of(officer), page_of("isian", records["isian"]), f"Pertanyaan {number}")
    assert text_of(client_of(bappeda).get("/")).count("Jawab pertanyaan: ") == 3
    ask(client_of(officer), page_of("isian", records["isian"]), "Pertanyaan 3")
    shown = text_of(client_of(bappeda).get("/"))
    assert "Lebih dari 3 pertanyaan menunggu jawaban Anda" in shown
    assert "4 pertanyaan terbuka" in text_of(client_of(bappeda).get("/pertanyaan/"))


def test_a_question_is_about_exactly_one_record(records, bappeda, baseline):
    question = Question.ask(
        records["isian"], village=baseline.village, by=bappeda, text="?", uid=uuid.uuid4()
    )
    for changed in ({"figure": None}, {"activity": records["kegiatan"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**changed)


def test_nobody_of_another_city_reads_a_question(client_of, records, officer):
    from tests.factories import city

    ask(client_of(officer), page_of("isian", records["isian"]))
    stranger = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    assert client_of(stranger).get(page_of("isian", records["isian"])).status_code == 404
    assert "Tidak ada pertanyaan terbuka" in text_of(client_of(stranger).get("/pertanyaan/"))
