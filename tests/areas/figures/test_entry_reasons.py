"""A figure that needs a reason can be handed in, whatever has happened to its row before."""

from decimal import Decimal

import pytest

from areas.models import Baseline, FigureEvent, Status, YearlyFigure
from kotaku.workflow import TransitionNotAllowed
from tests.areas.figures.test_entry import (
    FORM,
    SUBMISSION,
    photo,
    typed,
)
from tests.areas.importing.books import HEADER, workbook
from tests.areas.importing.steps import apply, upload
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import AssessmentFactory, YearlyFigureFactory

WHY = "Permukiman baru di tepi sungai"
GROWN, CLEARED = "29,99", "0"  # 9,99 above the baseline of 20 Ha


@pytest.fixture
def client(officer, client_of):
    """The officer's browser."""
    return client_of(officer)


def draft(client, area):
    assert client.post(FORM, typed(area)).status_code == 302


def photo_draft(client, area):
    """A form with an error whose good file is kept makes the draft."""
    wrong = client.post(FORM, typed("1.250", evidence=photo()))
    assert wrong.status_code == 422
    assert YearlyFigure.objects.get().area_ha is None


def returned(client, area):
    figure = YearlyFigureFactory(baseline=village(), returned=True, area_ha=Decimal(12))
    figure.events.create(
        kind="returned", actor=figure.returned_by, at=figure.returned_at, reason="x"
    )


def returned_and_saved(client, area):
    returned(client, area)
    page = client.get(FORM)
    sent = {name: values[0] for name, values in as_drawn(page, "area_ha").items()}
    assert client.post(FORM, sent | {"area_ha": area}).status_code == 302


def computed(client, area):
    for number in range(9):
        AssessmentFactory(
            neighbourhood__village=village().village,
            neighbourhood__rt=number + 1,
            year=2017,
            verified=True,
        )
    assert client.post("/isian/2017/penilaian/", typed("")).status_code == 302
    assert YearlyFigure.objects.get().area_ha == Decimal("23.94")


def village():
    return Baseline.objects.get()


BEFORE = [draft, photo_draft, returned, returned_and_saved, computed]


def drawn(client):
    """What the form sends as it stands, as a browser would."""
    return {name: values[0] for name, values in as_drawn(client.get(FORM), "area_ha").items()}


@pytest.mark.parametrize("before", BEFORE, ids=lambda step: step.__name__)
def test_a_grown_figure_is_handed_in_within_two_posts(client, before):
    before(client, GROWN)
    response = client.post(SUBMISSION, drawn(client) | {"area_ha": GROWN, "is_confirmed": ""})
    assert response.status_code == 422
    assert "29,99 Ha lebih besar daripada baseline 20,00 Ha" in text_of(response)
    asked = {name: values[0] for name, values in as_drawn(response, "area_ha").items()}
    response = client.post(SUBMISSION, asked | {"is_confirmed": "on", "reason": WHY})
    assert response.status_code == 302, text_of(response)
    assert_handed_in(Decimal("29.99"), is_confirmed=True)


@pytest.mark.parametrize("before", [draft, returned, returned_and_saved, computed])
def test_a_cleared_figure_without_evidence_is_handed_in_with_its_reason(client, before):
    before(client, CLEARED)
    response = client.post(SUBMISSION, drawn(client) | {"area_ha": CLEARED, "reason": WHY})
    assert response.status_code == 302, text_of(response)
    assert_handed_in(Decimal(0), is_confirmed=False)


SAME = "15,00 Ha sama seperti yang dikembalikan. Bappeda meminta: “Tambahkan foto RT 02.”"
TICK = 'name="is_unchanged"'


@pytest.fixture
def sent_back(client, bappeda):
    """A figure of 15 Ha with one photo, returned."""
    client.post(SUBMISSION, typed("15", evidence=photo()))
    figure = YearlyFigure.objects.get()
    reason = "Tambahkan foto RT 02."
    figure.return_for_correction(by=bappeda, version=figure.version, reason=reason)
    return figure


def test_a_returned_figure_is_handed_in_unchanged_only_after_a_tick(client, sent_back):
    assert TICK not in client.get(FORM).content.decode()
    # The same photo once more is no new evidence.
    response = client.post(SUBMISSION, drawn(client) | {"evidence": photo()})
    assert response.status_code == 422
    assert SAME in text_of(response)
    assert TICK in response.content.decode()
    assert YearlyFigure.objects.get().status == Status.RETURNED
    asked = {name: values[0] for name, values in as_drawn(response, "area_ha").items()}
    assert client.post(SUBMISSION, asked | {"is_unchanged": "on"}).status_code == 302
    assert YearlyFigure.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize(
    "change", [{"area_ha": "14"}, {"evidence": photo("lain.jpg", colour="#992211")}]
)
def test_a_returned_figure_that_was_mended_needs_no_tick(client, sent_back, change):
    assert client.post(SUBMISSION, drawn(client) | change).status_code == 302


def test_a_tick_that_was_not_given_is_refused_by_the_action(sent_back, officer):
    with pytest.raises(TransitionNotAllowed, match="sama seperti yang dikembalikan"):
        sent_back.submit(by=officer, version=sent_back.version)


def assert_handed_in(area_ha, *, is_confirmed):
    figure = YearlyFigure.objects.get()
    assert (figure.status, figure.area_ha) == (Status.SUBMITTED, area_ha)
    assert (figure.reason, figure.is_confirmed) == (WHY, is_confirmed)
    handed_in = figure.events.get(kind="submitted")
    assert handed_in.reason == WHY


def test_a_draft_keeps_its_reason_and_shows_it_again(client):
    ticked = {"is_confirmed": "on", "asked_ha": GROWN}
    draft(client, "5")
    client.post(FORM, typed(GROWN, version=1, reason=WHY, **ticked))
    figure = YearlyFigure.objects.get()
    assert (figure.reason, figure.is_confirmed) == (WHY, True)
    assert [event.reason for event in figure.events.filter(kind="entered")] == ["", WHY]
    assert client.post(SUBMISSION, drawn(client)).status_code == 302


def test_a_draft_s_tick_covers_no_other_number(client):
    draft(client, GROWN)
    ticked = drawn(client) | {"is_confirmed": "on", "reason": WHY}
    client.post(FORM, ticked | {"area_ha": "299,9"})
    assert YearlyFigure.objects.get().is_confirmed is False
    response = client.post(SUBMISSION, drawn(client))
    assert response.status_code == 422
    assert "299,90 Ha lebih besar" in text_of(response)


def bring(client_of, bappeda, row, **answers):
    client = client_of(bappeda)
    code = village().village.code
    content = workbook([[*HEADER, *row["columns"]], [code, "Balokang", 2017, *row["cells"]]])
    run = upload(client, village().programme, content)
    response = apply(client, run, **answers)
    assert response.status_code == 302, text_of(response)


def test_an_import_over_a_draft_brings_its_reason_and_its_tick(client, client_of, bappeda):
    draft(client, "5")
    row = {"columns": ["Alasan"], "cells": ["29,99", "Pendataan ulang"]}
    bring(client_of, bappeda, row, is_confirmed="on")
    figure = YearlyFigure.objects.get()
    assert (figure.status, figure.area_ha) == (Status.SUBMITTED, Decimal("29.99"))
    assert (figure.reason, figure.is_confirmed) == ("Pendataan ulang", True)
    assert figure.events.get(kind="imported").reason == "Pendataan ulang"


def test_an_import_without_words_leaves_the_village_s_own(client, client_of, bappeda):
    client.post(FORM, typed("5", note="Jalan beton", reason=WHY))
    bring(client_of, bappeda, {"columns": [], "cells": ["6"]})
    figure = YearlyFigure.objects.get()
    assert (figure.area_ha, figure.note, figure.reason) == (6, "Jalan beton", WHY)
    assert figure.events.get(kind="imported").reason == ""


@pytest.mark.parametrize("area", [GROWN, CLEARED])
def test_an_imported_figure_that_is_returned_can_be_handed_in_again(
    client, client_of, bappeda, second_bappeda, area
):
    draft(client, "5")
    row = {"columns": ["Alasan"], "cells": [area, "Pendataan ulang"]}
    bring(client_of, bappeda, row, is_confirmed="on")
    figure = YearlyFigure.objects.get()
    figure.return_for_correction(by=second_bappeda, version=figure.version, reason="Jelaskan.")
    sent = drawn(client) | {"reason": WHY, "is_unchanged": "on"}
    response = client.post(SUBMISSION, sent)
    assert response.status_code == 302, text_of(response)
    assert FigureEvent.objects.filter(kind="submitted", reason=WHY).count() == 1
