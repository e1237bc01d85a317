"""A database that an earlier version's `load_reference` made is corrected, row by row."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from areas.models import (
    ActivityEvent,
    Baseline,
    BaselineEvent,
    FigureEvent,
    Programme,
    Village,
    YearlyFigure,
)
from areas.sample import reference
from areas.sample import reference_corrections as corrections
from kotaku.accounts.source_account import source_account
from kotaku.integrity.history import history_may_change
from kotaku.models import User
from meetings.models import (
    ActivityOrigin,
    AgendaItem,
    Article,
    ArticleEvent,
    Decision,
    Meeting,
    MeetingEvent,
    Minutes,
    Participant,
)
from meetings.sample import reference_corrections as meeting_corrections
from meetings.sample.reference import (
    BODY,
    DISCUSSION,
    LEAD,
    STARTS_AT,
)
from tests.areas.public.pages import text_of
from tests.factories import ActivityFactory
from tests.kept_rows import KeptRows
from tests.kotaku.integrity.constraints_alone import constraints_alone

MODELS = (
    AgendaItem, Article, ArticleEvent, Baseline, BaselineEvent, Decision, FigureEvent, LogEntry, Meeting,
    MeetingEvent, Minutes, Participant, Programme, User, YearlyFigure,
)  # fmt: skip


def snapshot():
    """Every row of every table, to compare."""
    return {model: sorted(map(str, model.objects.values())) for model in MODELS}


def load_former():
    call_command("load_reference", verbosity=0)
    Programme.objects.filter(slug="kotaku-2016-2019").update(source=corrections.FORMER_SOURCE_2016)
    Programme.objects.filter(slug="sejak-2022").update(
        source=corrections.FORMER_SOURCE_2022, declared_ha=corrections.FORMER_DECLARED_HA
    )
    User.objects.filter(username="sumber-resmi").update(full_name=corrections.FORMER_SOURCE_NAME)
    Baseline.objects.update(is_inferred=False)
    with history_may_change():
        BaselineEvent.objects.update(reason=corrections.FORMER_NOTE)
    YearlyFigure.objects.update(as_of=None, note=corrections.FORMER_NOTE)
    meeting = Meeting.objects.get()
    loader = User.objects.get(username="data-rujukan")
    source = source_account("sumber-rakor-2016", "Rakor Pokja PKP (8 November 2016)")
    now = timezone.now()
    Meeting.objects.update(source="own")
    meeting.events.create(kind="submit", actor=loader, at=now)
    meeting.events.create(kind="approve", actor=source, at=now)
    discussion = meeting.agenda.get(order=4)
    AgendaItem.objects.filter(pk=discussion.pk).update(notes=meeting_corrections.FORMER_DISCUSSION)
    meeting.refresh_from_db()
    for text in meeting_corrections.FORMER_DECISIONS:
        meeting.decisions.create(agenda_item=discussion, text=text, author=loader)
    Minutes.objects.update(
        state="approved",
        closing=meeting_corrections.FORMER_CLOSING,
        submitted_by=loader,
        submitted_at=now,
        decided_by=source,
        decided_at=now,
    )
    Article.objects.update(
        lead=meeting_corrections.FORMER_LEAD,
        body=meeting_corrections.FORMER_BODY,
        published_at=now,
    )


KEPT = KeptRows(load_former)


@pytest.fixture
def former(db):
    """The database as the earlier version loaded it: its texts, its decisions, its approved minutes."""
    KEPT.bring()


@pytest.fixture
def load(capsys):
    """Load the reference as the command does; return what it prints."""

    def load():
        call_command("load_reference")
        return capsys.readouterr().out

    return load


def test_what_is_still_as_loaded_is_corrected_with_one_event_each(former, load):
    figures, baselines = FigureEvent.objects.count(), BaselineEvent.objects.count()
    meetings, articles = MeetingEvent.objects.count(), ArticleEvent.objects.count()
    assert load() == "Reference data: complete.\n"
    assert FigureEvent.objects.count() == figures + 19
    assert BaselineEvent.objects.count() == baselines + 19
    assert MeetingEvent.objects.count() == meetings + 1
    assert ArticleEvent.objects.count() == articles + 1
    assert LogEntry.objects.count() == 3
    programme = Programme.objects.get(slug="sejak-2022")
    assert (programme.source, programme.declared_ha) == (reference.SOURCE_2022, None)
    assert Programme.objects.get(slug="kotaku-2016-2019").source == reference.SOURCE_2016
    assert Baseline.objects.filter(is_inferred=True).count() == 19
    assert set(YearlyFigure.objects.values_list("as_of", "note", "status")) == {
        (date(2023, 2, 3), reference.NOTE, "verified")
    }
    event = FigureEvent.objects.last()
    assert (event.kind, event.before_ha == event.after_ha) == ("corrected", True)
    assert event.reason == corrections.REASON
    meeting = Meeting.objects.get()
    assert (meeting.source, meeting.minutes.state) == ("news", "none")
    assert (meeting.minutes.decided_by, meeting.minutes.closing) == (None, "")
    assert meeting.agenda.get(order=4).notes == DISCUSSION
    assert not Decision.objects.exists()
    article = Article.objects.get()
    assert (article.lead, article.body, article.published_at) == (LEAD, BODY, STARTS_AT)


def test_correcting_again_changes_nothing(former, load):
    load()
    before = snapshot()
    assert load() == "Reference data: complete.\n"
    assert snapshot() == before


def test_what_was_just_loaded_needs_no_correction(db, load):
    call_command("load_reference", verbosity=0)
    before = snapshot()
    assert load() == "Reference data: complete.\n"
    assert snapshot() == before
    assert not LogEntry.objects.exists()


def edit_note():
    YearlyFigure.objects.filter(baseline__village__name="Balokang").update(note="Diubah.")


def correct_area():
    figure = YearlyFigure.objects.get(baseline__village__name="Balokang")
    source = User.objects.get(username="sumber-resmi")
    figure.correct(by=source, version=figure.version, area_ha=Decimal(8), reason="Diukur ulang.")


def change_baseline():
    baseline = Baseline.objects.get(village__name="Balokang")
    baseline.change(by=User.objects.first(), area_ha=Decimal("9.00"), reason="Diukur ulang.")


EDITS = {
    "periode Kawasan kumuh sejak 2022": lambda: Programme.objects.filter(slug="sejak-2022").update(
        source="SK 12/2022."
    ),
    "periode KOTAKU 2016–2019": lambda: Programme.objects.filter(slug="kotaku-2016-2019").update(
        source="Laporan akhir."
    ),
    "akun sumber-resmi": lambda: User.objects.filter(username="sumber-resmi").update(
        full_name="Dinas"
    ),
    "isian Desa Balokang, 2023": edit_note,
    "baseline Desa Balokang, Kawasan kumuh sejak 2022": change_baseline,
    "rapat Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh (keputusan)": (
        lambda: Decision.objects.filter(text__startswith="Menyusun").update(text="Diubah.")
    ),
    "rapat Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh (catatan diskusi)": (
        lambda: AgendaItem.objects.filter(order=4).update(notes="Diubah.")
    ),
    "rapat Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh (notulen)": (
        lambda: Minutes.objects.get().addenda.create(text="Tambahan.", author=User.objects.first())
    ),
    "berita Rakor sinkronisasi perencanaan penanganan kumuh 2016": (
        lambda: Article.objects.update(body="Ditulis ulang.")
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_row_is_named_and_left(former, load, name):
    # When the rows were edited, the database did not know of other tables.
    constraints_alone()
    EDITS[name]()
    table = {
        "periode": Programme, "akun": User, "isian": YearlyFigure, "baseline": Baseline,
        "rapat": Meeting, "berita": Article,
    }[name.split()[0]]  # fmt: skip
    before = set(map(str, table.objects.values()))
    assert f"Edited, so left as it is: {name}\n" in load()
    left = before & set(map(str, table.objects.values()))
    assert len(left) >= 1
    after = snapshot()
    load()
    assert snapshot() == after


def test_a_corrected_figure_keeps_its_hectares_and_its_day(former, load):
    correct_area()
    assert "isian Desa Balokang, 2023" in load()
    figure = YearlyFigure.objects.get(baseline__village__name="Balokang")
    assert (figure.area_ha, figure.as_of) == (Decimal(8), None)
    assert YearlyFigure.objects.filter(as_of=date(2023, 2, 3)).count() == 18


def test_an_activity_no_longer_has_its_origin_in_the_news(former, load, bappeda):
    activity = ActivityFactory(village=Village.objects.first())
    ActivityOrigin.link(activity, decision=Decision.objects.first(), by=bappeda)
    load()
    assert not ActivityOrigin.objects.exists()
    event = ActivityEvent.objects.filter(activity=activity).last()
    assert event.changes[0][1].startswith("keputusan Rakor Sinkronisasi")


def test_pages_of_a_corrected_database_say_so(former, load, client_of, viewer):
    load()
    page = text_of(client_of(viewer).get(f"/rakor/{Meeting.objects.get().pk}/"))
    assert "Disusun dari berita" in page
    assert "Disahkan" not in page
