"""Each verb refuses by itself what pages and imports never send, and leaves the figure as it was."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from areas.models import Baseline, Entry, Programme, YearlyFigure
from areas.models.figure_import import ImportedFigure, import_figures
from areas.models.states import TRANSITIONS
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.states import Actor
from tests.areas.models.test_figure import STATES, carry_out
from tests.factories import YearlyFigureFactory

# Whatever is not a decision of the reviewer brings a figure in.
ENTRIES = [verb for verb, step in TRANSITIONS.items() if step.by != Actor.REVIEWER]
GROWN = Decimal("20.01")


def refused_as_stored(figure, user, verb, sentence):
    before = YearlyFigure.objects.values().get(pk=figure.pk)
    with pytest.raises(TransitionNotAllowed, match=sentence):
        carry_out(verb, YearlyFigure.objects.get(pk=figure.pk), user)
    assert YearlyFigure.objects.values().get(pk=figure.pk) == before
    assert not figure.events.exists()


@pytest.mark.parametrize("verb", ENTRIES)
def test_no_entry_reaches_a_closed_period_or_a_later_year(officer, verb):
    state = STATES[next(iter(TRANSITIONS[verb].moves))]
    late = YearlyFigureFactory(year=2100, entered_at=datetime(2100, 2, 1, tzinfo=UTC), **state)
    refused_as_stored(late, officer, verb, "Tahun 2100 belum atau tidak dapat diisi")
    figure = YearlyFigureFactory(**state)
    Programme.objects.update(is_closed=True, is_current=False)
    refused_as_stored(figure, officer, verb, "sudah ditutup")


@pytest.mark.parametrize("verb", ["submit", "import"])
@pytest.mark.parametrize("said", [{}, {"is_confirmed": True}, {"reason": "Bertambah."}])
def test_no_figure_is_submitted_with_a_confirmation_that_was_not_given(officer, verb, said):
    figure = YearlyFigureFactory(area_ha=GROWN, **said)
    entry = Entry(GROWN, **said)
    acts = {
        "submit": lambda: figure.submit(by=officer, version=1),
        "import": lambda: figure.take_over(by=officer, version=1, entry=entry, source="uji.csv"),
    }
    with pytest.raises(TransitionNotAllowed, match="lebih besar daripada baseline"):
        acts[verb]()
    new = ImportedFigure(figure.baseline, 2018, entry, "uji.csv, baris 2")
    with pytest.raises(TransitionNotAllowed, match="lebih besar daripada baseline"):
        import_figures([new], by=officer)
    assert YearlyFigure.objects.get().status == "draft"


@pytest.mark.parametrize("year", [2016, 2100])
def test_no_import_brings_a_year_that_is_not_open(baseline, officer, year):
    new = ImportedFigure(baseline, year, Entry(Decimal(1)), "uji.csv, baris 2")
    with pytest.raises(TransitionNotAllowed, match="tidak dapat diisi"):
        import_figures([new], by=officer)
    baseline.programme.is_closed = True
    with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
        import_figures([ImportedFigure(baseline, 2017, Entry(Decimal(1)), "uji")], by=officer)
    assert not YearlyFigure.objects.exists()


def test_a_baseline_that_a_colleague_changed_first_is_not_overwritten(baseline, bappeda):
    stale, marked = (Baseline.objects.get(pk=baseline.pk) for _ in range(2))
    baseline.change(by=bappeda, area_ha=Decimal("21.50"), reason="Diukur ulang.")
    with pytest.raises(TransitionNotAllowed, match="baru saja diubah oleh orang lain"):
        stale.change(by=bappeda, area_ha=Decimal(22), reason="Salah ketik.")
    with pytest.raises(TransitionNotAllowed, match="baru saja diubah oleh orang lain"):
        marked.mark_inferred(by=bappeda, reason="Disimpulkan.")
    stored = Baseline.objects.get()
    assert (stored.area_ha, stored.is_inferred) == (Decimal("21.50"), False)
    assert baseline.programme.baseline_events.count() == 1
