"""Discarded drafts of meetings and reports: their words are nowhere, nothing typed or stored is lost."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from kotaku.models import AuditEvent
from meetings.models import Article, CalendarFeed, Meeting, MeetingEvent, Participant
from tests.drawn_forms import as_drawn
from tests.factories import (
    ArticleFactory,
    DecisionFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
    ago,
    city,
)
from tests.test_permissions import TABLE

WORD = "xylograf"
LIST = "/rakor/"
# The log of actions names what was discarded, to admins.
AUDIT = {"audit", "audit-export"}


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def draft(bappeda):
    """A draft of next week with a participant, planned by Bappeda."""
    meeting = MeetingFactory(
        state="draft",
        title=f"Rapat {WORD}",
        starts_at=ago(-7, 13, 30),
        ends_at=None,
        changed_by=bappeda,
    )
    ParticipantFactory(meeting=meeting, name=f"Ibu {WORD}", phone="0812", email="x@desa.example")
    return meeting


def discard(client, row, **options):
    name = (
        "meetings:meeting-discarding" if isinstance(row, Meeting) else "meetings:article-discarding"
    )
    key = row.pk if isinstance(row, Meeting) else row.slug
    return client.post(reverse(name, args=[key]), {"version": row.version}, **options)


def pages(client):
    """Yield the text of every page that needs no row, as this browser sees it, and of a search."""
    for name, (method, what, _) in TABLE.items():
        if method == "get" and not what:
            yield name, client.get(reverse(name))
    yield "search", client.get(reverse("search"), {"q": WORD})
    for model in ("meeting", "article", "minutes", "attachment"):
        yield model, client.get(f"/admin/meetings/{model}/")


def shows(client) -> set[str]:
    """Return the names of the pages that show the word, apart from what was searched for."""
    found = set()
    for name, response in pages(client):
        content = b"".join(response) if response.streaming else response.content
        text = content.decode(errors="replace")
        text = re.sub(r'value="[^"]*"|<title>.*?</title>|“[^”]*”', "", text)
        if WORD in text:
            found.add(name)
    return found


@pytest.mark.ignore_template_errors  # Django's own templates use variables that are not there.
def test_a_discarded_meeting_is_on_no_page_until_an_admin_restores_it(
    client, draft, admin, bappeda, client_of, baseline
):
    desk, feed = client_of(admin), CalendarFeed.objects.create(user=bappeda, token="t" * 43)
    calendar = reverse("meetings:calendar-feed", args=[feed.token])
    before = shows(client) | shows(desk)
    assert {"meetings:meeting-list", "search", "meeting", "minutes"} <= before
    assert WORD in client.get(calendar).content.decode()
    page = discard(client, draft, follow=True)
    assert page.request["PATH_INFO"] == LIST
    assert f"Draf rapat “Rapat {WORD}” dibuang. Admin dapat memulihkannya." in page.content.decode()

    assert shows(client) == set()
    assert shows(desk) == AUDIT
    assert WORD not in client.get(calendar).content.decode()
    own = [
        name for name, (method, what, _) in TABLE.items() if (method, what) == ("get", "meeting")
    ]
    for name in own:
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404, name
    assert Participant.objects.filter(meeting=draft).exists()

    everything = desk.get("/admin/meetings/meeting/", {"state": "discarded"})
    assert WORD in everything.content.decode()
    chosen = {"action": "restore", "_selected_action": [draft.pk]}
    answer = desk.post("/admin/meetings/meeting/?state=discarded", chosen, follow=True)
    assert "1 draf dipulihkan." in answer.content.decode()
    assert shows(client) == before - {"meeting", "minutes"} - AUDIT
    events = MeetingEvent.objects.filter(meeting=draft).values_list("kind", "actor__username")
    assert list(events) == [("discard", bappeda.username), ("restore", admin.username)]
    history = client.get(reverse("meetings:meeting-detail", args=[draft.pk])).content.decode()
    assert "membuang draf rapat" in history
    assert "memulihkan draf rapat" in history


@pytest.mark.ignore_template_errors
def test_a_discarded_report_is_on_no_page_until_an_admin_restores_it(
    client, draft, admin, bappeda, client_of
):
    held = MeetingFactory(done=True)
    article = ArticleFactory(meeting=held, title=f"Berita {WORD}", changed_by=bappeda)
    Meeting.objects.filter(pk=draft.pk).update(title="Lain")
    draft.participants.all().delete()
    desk = client_of(admin)
    assert {"meetings:article-list", "search"} <= shows(client)
    page = discard(client, article, follow=True)
    assert page.request["PATH_INFO"] == reverse("meetings:meeting-detail", args=[held.pk])
    assert "Draf berita dibuang" in page.content.decode()
    assert WORD not in page.content.decode()
    assert shows(client) == set()
    assert shows(desk) == AUDIT
    for name in ("article", "article-edit", "article-photo"):
        assert client.get(reverse(f"meetings:{name}", args=[article.slug])).status_code == 404
    chosen = {"action": "restore", "_selected_action": [article.pk]}
    desk.post("/admin/meetings/article/?state=discarded", chosen)
    assert Article.objects.get().state == "draft"
    assert [each.kind for each in article.events.all()] == ["discard", "restore"]


def test_only_admins_restore(client, draft, bappeda, client_of):
    discard(client, draft)
    chosen = {"action": "restore", "_selected_action": [draft.pk]}
    reader = UserFactory(is_staff=True, region=city())
    reader.user_permissions.add(*Permission.objects.filter(codename="view_meeting"))
    for person in (bappeda, reader):
        client_of(person).post("/admin/meetings/meeting/?state=discarded", chosen)
        assert Meeting.objects.get().state == "discarded"


@pytest.mark.ignore_template_errors
def test_an_admin_of_another_region_does_not_restore(client, draft, client_of):
    discard(client, draft)
    chosen = {"action": "restore", "_selected_action": [draft.pk]}
    other = UserFactory(is_superuser=True, is_staff=True, region=city("33.02", "Banyumas"))
    client_of(other).post("/admin/meetings/meeting/?state=discarded", chosen)
    assert Meeting.objects.get().state == "discarded"


def test_a_second_click_ends_where_the_first_did(client, draft, bappeda):
    article = ArticleFactory(meeting=MeetingFactory(done=True), changed_by=bappeda)
    for row in (draft, article):
        first, second = discard(client, row), discard(client, row)
        assert (first.status_code, second.url) == (302, first.url)
    assert MeetingEvent.objects.count() == 1
    assert article.events.count() == 1


def test_another_persons_click_is_told_who_was_first(client, draft, second_bappeda, client_of):
    discard(client_of(second_bappeda), draft)
    page = discard(client, draft, follow=True).content.decode()
    assert f"diubah oleh {second_bappeda}" in page or f"{second_bappeda}" in page
    scheduling = reverse("meetings:meeting-scheduling", args=[draft.pk])
    assert client.post(scheduling, {"version": draft.version}).status_code == 404


def test_only_drafts_without_decisions_and_reports_are_discarded(client, bappeda):
    for state in ("scheduled", "done"):
        meeting = MeetingFactory(state=state)
        assert discard(client, meeting).status_code == 409
        page = client.get(reverse("meetings:meeting-detail", args=[meeting.pk])).content.decode()
        assert "Buang draf" not in page
    decided, reported = MeetingFactory(state="draft"), MeetingFactory(state="draft")
    DecisionFactory(meeting=decided)
    article = ArticleFactory(meeting=reported, changed_by=bappeda)
    refused = discard(client, decided)
    assert refused.status_code == 409
    assert "Batalkan rapatnya" in refused.content.decode()
    assert "Buang dahulu draf beritanya" in discard(client, reported).content.decode()
    discard(client, article)
    assert discard(client, reported).status_code == 302
    published = ArticleFactory(published=True, meeting=MeetingFactory(done=True))
    assert discard(client, published).status_code == 409


@pytest.mark.ignore_template_errors
def test_a_report_is_restored_after_its_meeting(client, draft, admin, client_of, bappeda):
    article = ArticleFactory(meeting=draft, changed_by=bappeda)
    discard(client, article)
    discard(client, draft)
    desk = client_of(admin)
    chosen = {"action": "restore", "_selected_action": [article.pk]}
    page = desk.post("/admin/meetings/article/?state=discarded", chosen, follow=True)
    assert "Pulihkan dahulu rapatnya" in page.content.decode()
    assert Article.objects.get().state == "discarded"


def test_what_was_typed_in_an_open_form_stays_on_the_page(client, draft, bappeda):
    address = reverse("meetings:meeting-edit", args=[draft.pk])
    typed = as_drawn(client.get(address), "title") | {"title": ["Judul yang baru"]}
    held = MeetingFactory(done=True)
    article = ArticleFactory(meeting=held, changed_by=bappeda)
    report = reverse("meetings:article-edit", args=[article.slug])
    text = as_drawn(client.get(report), "lead") | {"lead": ["Ringkasan yang baru"]}
    discard(client, draft)
    discard(client, article)
    for page, sent, words in (
        (address, typed, "Judul yang baru"),
        (report, text, "Ringkasan yang baru"),
    ):
        for version in (1, 2):
            answer = client.post(page, sent | {"version": [version]})
            assert answer.status_code in (409, 422)
            assert words in answer.content.decode()
            assert "sudah dibuang" in answer.content.decode()
    assert Meeting.objects.get(pk=draft.pk).title == draft.title
    assert Article.objects.get().lead == article.lead


def test_a_plan_sent_again_after_its_draft_was_discarded_is_a_new_meeting(client, baseline):
    typed = as_drawn(client.get(reverse("meetings:meeting-add")), "title")
    typed |= {"title": ["Rapat baru"], "day": ["2027-02-01"], "place": ["Aula"], "kind": ["other"]}
    first = client.post(reverse("meetings:meeting-add"), typed)
    assert client.post(reverse("meetings:meeting-add"), typed).url == first.url
    discard(client, Meeting.objects.get())
    again = client.post(reverse("meetings:meeting-add"), typed)
    assert again.status_code == 302
    assert again.url != first.url
    assert client.get(again.url).status_code == 200


def test_the_same_report_can_be_written_again_after_it_was_discarded(client):
    meeting = MeetingFactory(done=True)
    address = reverse("meetings:article-add", args=[meeting.pk])
    typed = as_drawn(client.get(address), "lead")
    first = client.post(address, typed)
    discard(client, Article.objects.get())
    again = client.post(address, typed)
    assert again.url != first.url
    assert client.get(again.url).status_code == 200


def test_contacts_in_a_discarded_draft_are_removed_on_request(client, draft):
    discard(client, draft)
    found = client.get(reverse("contacts"), {"q": f"Ibu {WORD}"}).content.decode()
    address = re.search(r'href="(/data-kontak/peserta/\d+/)"', found)[1]
    client.post(
        re.search(r'action="([^"]+)"', client.get(address).content.decode().split("<main")[1])[1]
    )
    person = Participant.objects.get()
    assert (person.phone, person.email) == ("", "")
    assert AuditEvent.objects.filter(kind="contact_removed").exists()
