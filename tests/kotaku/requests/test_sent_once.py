"""A form that arrives twice under one key: one result, written once, for its own account only."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from areas.figures import entry_views
from areas.models import Evidence, FigureEvent, Status, YearlyFigure
from kotaku.models import SentForm
from meetings.models import ProgressNote
from tests.areas.figures.test_entry import photo, typed
from tests.factories import ALL_MARKS, AssessmentFactory, FollowUpFactory, UserFactory

pytestmark = pytest.mark.django_db
DRAFT, SUBMISSION = "/isian/2017/", "/isian/2017/pengajuan/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)


def send(user, path, content, *, key=None, queue=True, client=None):
    """Post as the queue of a phone does."""
    if client is None:
        client = Client()
        client.force_login(user)
    headers = {"X-Kotaku-Queue": str(user.pk)} if queue else {}
    return client.post(path, {**content, "_key": str(key or uuid4())}, headers=headers)


def test_a_repeat_gets_the_same_result_and_writes_nothing(officer, baseline):
    key = uuid4()
    answers = [
        send(officer, SUBMISSION, typed(area_ha="15", evidence=photo()), key=key) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["location"].startswith(DRAFT)
    assert "sudah diajukan" in answers[0].json()["said"]
    assert YearlyFigure.objects.get().status == Status.SUBMITTED
    assert Evidence.objects.count() == 1
    assert FigureEvent.objects.filter(kind="submitted").count() == 1
    assert SentForm.objects.count() == 1


def test_a_repeat_is_answered_even_after_others_went_on(officer, baseline, bappeda):
    key = uuid4()
    first = send(officer, SUBMISSION, typed(area_ha="15"), key=key)
    figure = YearlyFigure.objects.get()
    figure.verify(by=bappeda, version=figure.version, ticked=ALL_MARKS)
    again = send(officer, SUBMISSION, typed(area_ha="15"), key=key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert YearlyFigure.objects.get().status == Status.VERIFIED


def test_two_notes_with_the_same_words_are_two_unless_they_share_a_key(officer, baseline):
    follow_up = FollowUpFactory(village=baseline.village)
    path = f"/tindak-lanjut/{follow_up.pk}/kemajuan/"
    key = uuid4()
    for _ in range(3):
        said = {"text": "Sudah diukur.", "version": follow_up.version}
        assert send(officer, path, said, key=key).status_code == 200
    assert ProgressNote.objects.filter(follow_up=follow_up).count() == 1
    follow_up.refresh_from_db()
    said = {"text": "Sudah diukur.", "version": follow_up.version}
    assert send(officer, path, said).status_code == 200
    assert ProgressNote.objects.filter(follow_up=follow_up).count() == 2


def test_a_step_of_an_assessment_is_saved_once(officer, baseline):
    rt = AssessmentFactory(neighbourhood__village=baseline.village, begun=True, entered_by=officer)
    path = f"/penilaian/{rt.pk}/langkah/aspek-3/"
    page = send(officer, path, {"version": rt.version}, queue=False)
    content = {name: "0" for name in page.context["form"].fields if name != "version"}
    key = uuid4()
    answers = [send(officer, path, {**content, "version": rt.version}, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    rt.refresh_from_db()
    assert rt.version == 2


def test_a_finished_assessment_is_submitted_once(officer, baseline):
    rt = AssessmentFactory(neighbourhood__village=baseline.village, entered_by=officer)
    path, key = f"/penilaian/{rt.pk}/pengajuan/", uuid4()
    answers = [send(officer, path, {"version": rt.version}, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["location"] == f"/penilaian/{rt.pk}/"
    assert "diajukan" in answers[0].json()["said"]
    rt.refresh_from_db()
    assert rt.status == Status.SUBMITTED
    assert rt.events.filter(kind="submitted").count() == 1


def test_a_repeat_lets_the_phone_forget_the_photos_that_it_kept(officer, baseline):
    key, client = uuid4(), Client()
    client.force_login(officer)
    for _ in range(2):
        content = {**typed(area_ha="15", evidence=photo()), "_key": str(key)}
        answer = client.post(DRAFT, content, headers={"X-Kotaku-Send": "1"})
        assert (answer.status_code, answer["X-Kotaku-Saved"]) == (204, "1")
    assert Evidence.objects.count() == 1


def test_a_browser_gets_its_redirect_and_its_message_again(officer, baseline):
    key, client = uuid4(), Client()
    client.force_login(officer)
    for _ in range(2):
        answer = send(officer, DRAFT, typed(area_ha="15"), key=key, queue=False, client=client)
        assert (answer.status_code, answer["Location"]) == (302, DRAFT)
        page = client.get(DRAFT).content.decode()
        assert page.count("Draf tersimpan") == 1
    assert YearlyFigure.objects.get().version == 1


def test_the_queue_leaves_other_messages_for_the_next_page(officer, baseline):
    client = Client()
    client.force_login(officer)
    client.post("/isian/2018/buang/")
    send(officer, DRAFT, typed(area_ha="15"), client=client)
    page = client.get(DRAFT).content.decode()
    assert "sudah dibuang" in page
    assert "Draf tersimpan" not in page


def test_a_refused_form_is_judged_again(officer, baseline):
    key = uuid4()
    refused = send(officer, SUBMISSION, typed(area_ha="tiga"), key=key)
    assert (refused.status_code, refused.json()) == (422, {})
    assert not SentForm.objects.exists()
    send(officer, DRAFT, typed(area_ha="15"))
    stale = send(officer, DRAFT, typed(area_ha="16"), key=key)
    assert (stale.status_code, stale.json()) == (409, {})
    # Opened on the phone, it is the ordinary page of an outdated form.
    page = send(officer, DRAFT, typed(area_ha="16"), key=key, queue=False)
    assert page.status_code == 409
    assert "baru saja diubah" in page.content.decode()
    assert str(YearlyFigure.objects.get().area_ha) == "15.00"


def test_a_key_is_of_one_account(officer, baseline):
    colleague = UserFactory(officer=True)
    baseline.village.officers.add(colleague)
    key = uuid4()
    send(officer, DRAFT, typed(area_ha="15"), key=key)
    answer = send(colleague, DRAFT, typed(area_ha="16"), key=key)
    # Not the result of the other account: an outdated form of this one.
    assert answer.status_code == 409
    assert SentForm.objects.get().user == officer


def test_a_form_of_another_account_waits(officer, other_officer, baseline):
    client = Client()
    client.force_login(other_officer)
    answer = send(officer, DRAFT, typed(area_ha="15"), client=client)
    assert (answer.status_code, answer.json()) == (401, {"account": str(other_officer.pk)})
    assert not YearlyFigure.objects.exists()
    # Signed out: to the sign-in page, which the queue takes for "not sent".
    assert send(officer, DRAFT, typed(area_ha="15"), client=Client()).status_code == 302
    assert not YearlyFigure.objects.exists()


def test_a_key_does_not_fit_another_form(officer, baseline):
    key = uuid4()
    send(officer, DRAFT, typed(area_ha="15"), key=key)
    assert send(officer, SUBMISSION, typed(area_ha="15"), key=key).status_code == 400
    assert YearlyFigure.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("key", ["", "bukan-kunci", "0" * 500])
def test_without_a_key_a_form_is_carried_out_as_ever(officer, baseline, key):
    client = Client()
    client.force_login(officer)
    answer = client.post(DRAFT, {**typed(area_ha="15"), "_key": key})
    assert answer.status_code == 302
    assert YearlyFigure.objects.exists()
    assert not SentForm.objects.exists()


def test_a_fault_leaves_no_result_behind(officer, baseline, monkeypatch):
    key = uuid4()
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    with monkeypatch.context() as broken:
        broken.setattr(entry_views, "_done", lambda *_: 1 / 0)
        assert send(officer, DRAFT, typed(area_ha="15"), key=key, client=client).status_code == 500
    assert not YearlyFigure.objects.exists()
    assert not SentForm.objects.exists()
    assert send(officer, DRAFT, typed(area_ha="15"), key=key).status_code == 200
    assert YearlyFigure.objects.exists()


def test_results_are_deleted_after_three_months(officer, baseline):
    send(officer, DRAFT, typed(area_ha="15"))
    old = SentForm.objects.get()
    SentForm.objects.update(at=timezone.now() - timedelta(days=91))
    send(officer, "/isian/2018/", typed(area_ha="14"))
    assert SentForm.objects.count() == 1
    assert not SentForm.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_once(officer, baseline):
    key, answers = uuid4(), []

    def click():
        answers.append(send(officer, SUBMISSION, typed(area_ha="15", evidence=photo()), key=key))
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.content for answer in answers}) == 1
    assert FigureEvent.objects.filter(kind="submitted").count() == 1
    assert Evidence.objects.count() == 1
    assert SentForm.objects.count() == 1
