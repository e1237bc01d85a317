"""A row of each table, so that raw SQL has something to break."""

import uuid

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils import timezone

from areas.models import Assessment, FigureBasis, Programme, Village, YearlyFigure
from areas.sample.figures import load_sample
from areas.sample.reference import load_reference
from kotaku.integrity.triggers import house_models
from kotaku.models import User
from meetings.models import Meeting, Minutes, MinutesState
from meetings.sample.reference import load_meeting_of_2016
from meetings.sample.sample import load_sample_meeting
from tests import factories

HOUSE_APPS = ("kotaku", "areas", "meetings")


def record_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in HOUSE_APPS and not model._meta.proxy
    ]


def fill_every_table():
    """Load the sample, approve its minutes, and make up a row of each table that it leaves empty.

    The kabupaten Ciamis has a village with an RT, and a period without baselines.
    """
    load_reference()
    load_meeting_of_2016()
    load_sample()
    load_sample_meeting()
    _approve_the_minutes()
    _rest_a_figure_on_an_assessment()
    for model in record_models():
        if not model._base_manager.exists():
            made_up(model).save(force_insert=True)
    user, meeting = User.objects.order_by("pk")[0], Meeting.objects.order_by("pk")[0]
    user.groups.add(Group.objects.create(name="Grup"))
    user.user_permissions.add(Permission.objects.all()[0])
    meeting.villages.add(Village.objects.all()[0])
    ciamis = factories.city("32.07", "Ciamis")
    district = factories.DistrictFactory(region=ciamis, code="32.07.01")
    village = factories.VillageFactory(district=district, code="32.07.01.2001")
    factories.NeighbourhoodFactory(village=village)
    factories.ProgrammeFactory(region=ciamis, slug="ciamis")
    empty = [model for model in house_models() if not model._base_manager.exists()]
    assert empty == []


def _approve_the_minutes():
    minutes = Minutes.objects.filter(meeting__state="done", meeting__source="own")
    by, at = [*User.objects.filter(role="bappeda").order_by("pk")[:2]], timezone.now()
    signed = {"submitted_by": by[0], "submitted_at": at, "decided_by": by[1], "decided_at": at}
    assert minutes.update(state=MinutesState.APPROVED, **signed) == 1


def _rest_a_figure_on_an_assessment():
    assessment = Assessment.objects.filter(status="verified", neighbourhood__is_sample=True)[0]
    figure = YearlyFigure.objects.filter(
        baseline__village=assessment.neighbourhood.village_id,
        baseline__programme__is_sample=True,
        year__gte=assessment.year,
    )[0]
    FigureBasis.objects.create(figure=figure, assessment=assessment, area_ha=1, total=20)


def made_up(model):
    """A row of a model with something valid in each field that has no default."""
    return model(
        **{
            field.name: made_up_value(field)
            for field in model._meta.concrete_fields
            if not (field.null or field.has_default() or field.primary_key)
        }
    )


def made_up_value(field):
    if field.related_model is Minutes:
        return Minutes.objects.get(state=MinutesState.APPROVED)
    if field.related_model is Programme:
        return Programme.objects.get(is_sample=True)
    if field.is_relation:
        return field.related_model._base_manager.first()
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return 2018 if field.name == "year" else 1
    return "a" * 64 if field.name in ("sha256", "digest") else "a"
