"""Words of minutes × their state × each place that could show them × its reader.

Staff of the region read them in every state; who else may see the meeting reads them once they are
approved; nobody else ever does. A report is drafted from approved minutes only, whoever drafts it.
"""

import pytest
from django.urls import reverse

from kotaku.models import Role
from meetings.models import ActivityOrigin, CalendarFeed, FollowUp, MinutesState
from tests.factories import (
    ActivityFactory,
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    city,
)
from tests.test_permissions import TABLE

NOTES, OPENING, CONCLUSION, CLOSING, DECISION = WORDS = (
    "katacatatan",
    "katapembukaan",
    "katakesimpulan",
    "katapenutup",
    "katakeputusan",
)
PLAN = "areas:activity"
# What each place shows to those who may read the minutes; other places may show less.
SHOWN = {
    "meetings:meeting-detail": {*WORDS},
    "meetings:paper-minutes": {*WORDS},
    "meetings:follow-up": {DECISION},
    "meetings:follow-up-matrix": {DECISION},
    "meetings:follow-up-matrix-paper": {DECISION},
    PLAN: {DECISION},
}
NEVER = {"meetings:meeting-ics", "meetings:calendar-feed", "meetings:article-feed"}
STATES = {
    MinutesState.DRAFT: {},
    MinutesState.SUBMITTED: {"submitted": True},
    MinutesState.RETURNED: {"submitted": True, "return_reason": "Belum lengkap."},
    MinutesState.APPROVED: {"approved": True},
}


@pytest.fixture
def readers(baseline, officer, viewer, bappeda):
    """The people by what they have to do with the meeting; `public` has not signed in."""
    away = city("33.02", "Banyumas")
    return {
        "public": None,
        "officer": officer,
        "invited": UserFactory(region=away, role=Role.BAPPEDA),
        "outsider": UserFactory(region=away, role=Role.BAPPEDA),
        "viewer": viewer,
        "bappeda": bappeda,
    }


@pytest.fixture
def meeting(baseline, readers, bappeda, second_bappeda):
    """A meeting held with all kinds of words, and what follows from it; minutes come later."""
    held = MeetingFactory(done=True, minutes=None, title="Rakor tertentu", changed_by=bappeda)
    held.villages.add(baseline.village)
    item = AgendaItemFactory(meeting=held, notes=NOTES, is_discussed=True)
    decision = DecisionFactory(meeting=held, agenda_item=item, text=DECISION)
    decision.villages.add(baseline.village)
    FollowUpFactory(decision=decision, village=baseline.village, organisation="")
    activity = ActivityFactory(village=baseline.village)
    ActivityOrigin.link(activity, decision=decision, by=bappeda)
    ParticipantFactory(meeting=held, user=readers["invited"], is_invited=True)
    return held


def write(meeting, state, second_bappeda):
    """Store the minutes in a state."""
    facts = dict(STATES[state])
    if state == MinutesState.RETURNED:
        facts |= {"state": state, "decided_by": second_bappeda, "decided_at": meeting.ends_at}
    words = {"opening": OPENING, "conclusion": CONCLUSION, "closing": CLOSING}
    return MinutesFactory(meeting=meeting, changed_by=meeting.changed_by, **words, **facts)


def places(meeting, reader):
    """Return name → address of every page that takes a part of this meeting, or takes nothing."""
    decision = meeting.decisions.get()
    activity = ActivityOrigin.objects.get().activity
    rows = {
        "meeting": [meeting.pk],
        "item": [meeting.agenda.get().pk],
        "decision": [decision.pk],
        "follow-up": [decision.follow_ups.get().pk],
        "activity": [activity.pk],
        "code": [activity.village.code],
        "": [],
    }
    if reader:
        rows["token"] = [CalendarFeed.renew(reader).token]
    others = {"areas:progress", "areas:village-detail", "areas:activity"}
    return {
        name: reverse(name, args=rows[kind])
        for name, (method, kind, _) in TABLE.items()
        if method == "get" and kind in rows and (name.startswith("meetings:") or name in others)
    }


def found_in(client, address) -> set[str] | None:
    """Return the words that a page says; None for a page that this reader does not get."""
    response = client.get(address)
    if response.status_code != 200:
        return None
    text = b"".join(response) if response.streaming else response.content
    # Lines of a calendar are folded.
    text = text.decode(errors="replace").replace("\r\n ", "")
    return {word for word in WORDS if word in text}


@pytest.mark.parametrize("state", STATES)
def test_words_of_minutes_are_read_by_whom_they_are_for(
    client_of, meeting, readers, second_bappeda, state, mailoutbox
):
    write(meeting, state, second_bappeda)
    is_approved = state == MinutesState.APPROVED
    wrong = []
    for who, reader in readers.items():
        client = client_of(reader)
        is_staff = who in ("viewer", "bappeda")
        may_read = is_staff or (is_approved and who in ("officer", "invited"))
        for name, address in places(meeting, reader).items():
            if is_staff and name not in {*SHOWN, *NEVER, "meetings:article-add"}:
                continue
            found = found_in(client, address)
            wanted = SHOWN.get(name, set()) if may_read else set()
            if name == "meetings:article-add":
                wanted, found = ({CONCLUSION, DECISION} if is_approved else set()), found or set()
                wanted = wanted if who == "bappeda" else set()
            if found is None:
                # The plan of another region is not theirs, whatever they were invited to.
                fits = name not in SHOWN or not may_read or (who, name) == ("invited", PLAN)
            elif name in SHOWN or name in NEVER or name == "meetings:article-add":
                fits = found == wanted
            else:
                fits = may_read or not found
            if not fits:
                wrong.append((who, name, found, wanted))
        for word in WORDS:
            page = client.get("/cari/", {"q": word}).content.decode()
            if (f"/rakor/{meeting.pk}/" in page) != may_read:
                wrong.append((who, "search", word, may_read))
        # A list that a word filters says as much as the word itself.
        for page in ("/tindak-lanjut/", "/tindak-lanjut/matriks/"):
            shown = client.get(page, {"cari": DECISION}).content.decode()
            if (f"/tindak-lanjut/{FollowUp.objects.get().pk}/" in shown) != may_read:
                wrong.append((who, page, DECISION, may_read))
    client_of(readers["bappeda"]).post(f"/rakor/{meeting.pk}/surel-notulen/")
    sent = "".join(f"{mail.body}{mail.attachments}" for mail in mailoutbox)
    if not is_approved and any(word in sent for word in WORDS):
        wrong.append(("mail", sent))
    assert not wrong, "\n".join(map(str, wrong))
