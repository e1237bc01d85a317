"""Real data and sample data."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Sum

from areas.models import (
    Baseline,
    District,
    Evidence,
    FigureEvent,
    Programme,
    Status,
    Village,
    YearlyFigure,
)
from kotaku.models import Role, User

MODELS = (Baseline, District, Evidence, FigureEvent, Programme, User, Village, YearlyFigure)


def snapshot():
    """Every row of every table, to compare."""
    return {model: sorted(map(str, model.objects.values())) for model in MODELS}


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


def test_reference_is_what_the_sources_say(reference):
    assert (District.objects.count(), Village.objects.count()) == (4, 25)
    old = Programme.objects.get(slug="kotaku-2016-2019")
    assert (old.declared_ha, old.target_ha, old.target_year) == (Decimal("187.95"), 0, 2019)
    assert old.baselines.count() == 0
    real = Programme.objects.current()
    assert real.slug == "sejak-2022"
    assert (real.target_year, real.declared_ha, real.is_sample) == (None, None, False)
    assert real.source.startswith("diumumkan DLH Kota Banjar, 3 Februari 2023 (pemberitaan)")
    baselines = real.baselines.aggregate(total=Sum("area_ha"))["total"]
    figures = YearlyFigure.objects.verified().filter(year=2023)
    assert Decimal(str(baselines)).quantize(Decimal("0.01")) == Decimal("184.75")
    assert sum(figures.values_list("area_ha", flat=True)) == Decimal("183.95")
    assert figures.count() == real.baselines.count() == 19
    assert real.baselines.filter(is_inferred=True).count() == 19
    assert set(figures.values_list("as_of", flat=True)) == {date(2023, 2, 3)}


def test_reference_loaded_again_changes_nothing(reference):
    village = Village.objects.first()
    village.name = "Diperbaiki admin"
    village.save()
    before = snapshot()
    call_command("load_reference", verbosity=0)
    assert snapshot() == before


def test_sample_adds_up_and_is_marked(reference, settings):
    settings.DEBUG = True
    call_command("load_sample", verbosity=0)
    sample = Programme.objects.current()
    assert sample.is_sample
    assert sum(sample.baselines.values_list("area_ha", flat=True)) == Decimal("187.95")
    assert sample.baselines.count() == 14
    states = YearlyFigure.objects.filter(baseline__programme=sample, year=2019)
    assert sorted(states.values_list("status", flat=True)) == sorted(
        [Status.VERIFIED] * 7 + [Status.SUBMITTED] * 3 + [Status.RETURNED, Status.DRAFT]
    )
    for year in (2017, 2018):
        figures = YearlyFigure.objects.filter(baseline__programme=sample, year=year)
        assert figures.verified().count() == figures.count() == 14
    assert all(village.officers.count() == 1 for village in Village.objects.all())
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    before = snapshot()
    call_command("load_sample", verbosity=0)
    assert snapshot() == before


def test_sample_refuses_where_debug_is_off_unless_told(reference, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("load_sample", verbosity=0)
    assert not Programme.objects.filter(is_sample=True).exists()
    call_command("load_sample", "--even-in-production", verbosity=0)
    assert Programme.objects.filter(is_sample=True).exists()
