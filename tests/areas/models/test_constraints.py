"""The database refuses what must never be; every constraint of ours has its violation here."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from areas.models import (
    Activity,
    ActivityPhoto,
    Assessment,
    AssessmentEvent,
    Baseline,
    BaselineEvent,
    Evidence,
    FigureBasis,
    FigureEvent,
    FigureReminder,
    Funding,
    ImportPart,
    ImportReading,
    ImportRun,
    Improvement,
    Neighbourhood,
    Programme,
    ProgrammeYear,
    Question,
    QuestionEvent,
    Village,
    VillageSupport,
    YearlyFigure,
    YearTarget,
)
from areas.rules.criteria import CURRENT
from kotaku.models import Contact, Region, SentForm
from tests import factories
from tests.kotaku.integrity.constraints_alone import constraints_alone

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def evidence_row(figure, **changes):
    """An evidence row that is valid but for `changes`."""
    values = {
        "figure": figure,
        "slot": 1,
        "file": "x.jpg",
        "name": "x.jpg",
        "content_type": "image/jpeg",
        "size_bytes": 1,
        "sha256": "a" * 64,
        "uploaded_by": figure.entered_by,
        "uploaded_at": NOW,
    }
    return Evidence(**{**values, **changes})


def update(model, **changes):
    return lambda: model.objects.update(**changes)


def import_part():
    return ImportPart.objects.create(
        reading=factories.ImportReadingFactory(), number=1, rows=2, content="{}"
    )


def second_import_part():
    reading = ImportReading.objects.get()
    ImportPart.objects.create(reading=reading, number=1, rows=2, content="{}")


def same_name_in_capitals():
    """Write a name as no form of ours would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kotaku_user SET username = 'PETUGAS' WHERE username = 'lain'")


def violations():
    """Return constraint name -> (what to build first, what then breaks it)."""
    figure = factories.YearlyFigureFactory

    def second_evidence(**changes):
        def act():
            row = YearlyFigure.objects.get()
            evidence_row(row).save()
            evidence_row(row, **changes).save()

        return act

    def copy_of(model, **changes):
        def act():
            row = model.objects.order_by("pk").first()
            row.pk = None
            for name, value in changes.items():
                setattr(row, name, value)
            row.save(force_insert=True)

        return act

    def own_verification():
        row = YearlyFigure.objects.get()
        YearlyFigure.objects.update(verified_by=row.entered_by)

    def event_without_reason():
        row = YearlyFigure.objects.get()
        FigureEvent.objects.create(figure=row, kind="returned", actor=row.entered_by, at=NOW)

    def empty_baseline_event():
        row = Baseline.objects.get()
        actor = factories.UserFactory()
        BaselineEvent.objects.create(
            programme=row.programme, village=row.village, actor=actor, at=NOW
        )

    def summed_row(baseline):
        """Write the summary's row of a baseline's period and 2017."""
        return ProgrammeYear.objects.create(
            programme=baseline.programme,
            year=2017,
            delta_ares=0,
            counted=0,
            cleared_delta=0,
        )

    def year_target(**changes):
        programme = Programme.objects.get()
        YearTarget(**{"programme": programme, "year": 2017, "area_ha": 1, **changes}).save()

    def own_assessment():
        row = Assessment.objects.get()
        Assessment.objects.update(verified_by=row.entered_by)

    def assessment_event_without_reason():
        row = Assessment.objects.get()
        AssessmentEvent.objects.create(
            assessment=row, kind="reopened", actor=row.entered_by, at=NOW
        )

    def basis(**changes):
        base = factories.BaselineFactory()
        row = {
            "figure": figure(baseline=base, year=2018),
            "assessment": assessment(neighbourhood__village=base.village),
        }
        return FigureBasis(**{**row, "area_ha": 1, "total": 1, **changes})

    def same_basis_twice():
        first = basis()
        first.save()
        basis(figure=first.figure, assessment=first.assessment).save()

    def question():
        row = activity()
        asker = factories.UserFactory(bappeda=True)
        Question.ask(row, village=row.village, by=asker, text="Berapa?", uid=uuid.uuid4())

    def empty_answer():
        row = Question.objects.get()
        QuestionEvent.objects.create(question=row, kind="answered", actor=row.asked_by, at=NOW)

    def reminder():
        base = factories.BaselineFactory()
        FigureReminder.claim(
            programme=base.programme,
            village=base.village,
            year=2017,
            addresses=1,
            by=factories.UserFactory(),
        )

    def sent_form():
        SentForm.objects.create(user=factories.UserFactory(), key=uuid.uuid4(), path="/isian/2017/")

    assessment = factories.AssessmentFactory
    activity, improvement = factories.ActivityFactory, factories.ImprovementFactory
    return {
        "activity_amounts_not_negative": (activity, update(Activity, volume=Decimal(-1))),
        "activity_percent_range": (activity, update(Activity, physical_percent=101)),
        "activity_done_is_whole": (activity, update(Activity, status="done")),
        "activity_reference_in_plan": (activity, update(Activity, plan_reference="Bidang 2")),
        "activity_unit_with_volume": (activity, update(Activity, unit="")),
        "funding_source_once": (factories.FundingFactory, copy_of(Funding)),
        "funding_not_negative": (
            factories.FundingFactory,
            update(Funding, realised_idr=Decimal(-1)),
        ),
        "improvement_once": (improvement, copy_of(Improvement)),
        "improvement_positive": (improvement, update(Improvement, volume=Decimal(0))),
        "activity_photo_once": (factories.ActivityPhotoFactory, copy_of(ActivityPhoto)),
        "support_once_per_year": (factories.VillageSupportFactory, copy_of(VillageSupport)),
        "support_budget_not_negative": (
            factories.VillageSupportFactory,
            update(VillageSupport, budget_idr=Decimal(-1)),
        ),
        "neighbourhood_once": (factories.NeighbourhoodFactory, copy_of(Neighbourhood)),
        "neighbourhood_labels": (factories.NeighbourhoodFactory, update(Neighbourhood, rt=0)),
        "assessment_once_per_year": (assessment, copy_of(Assessment)),
        "assessment_area_positive": (
            lambda: assessment(good=True),
            update(Assessment, area_ha=Decimal(0)),
        ),
        "assessment_lengths_not_negative": (
            lambda: assessment(begun=True),
            update(Assessment, ideal_road_m=Decimal(-1)),
        ),
        **{
            f"assessment_volume_{each.key}": (
                assessment,
                update(Assessment, **{each.field: Decimal(100000)}),
            )
            for each in CURRENT.criteria
        },
        "assessment_total_in_scale": (assessment, update(Assessment, total=81)),
        "assessment_total_when_complete": (
            assessment,
            update(Assessment, road_damaged_m=None),
        ),
        "assessment_complete_unless_draft": (
            lambda: assessment(submitted=True),
            update(Assessment, total=None),
        ),
        "assessment_submitted_paired": (
            lambda: assessment(submitted=True),
            update(Assessment, submitted_at=None),
        ),
        "assessment_returned_paired": (
            lambda: assessment(returned=True),
            update(Assessment, return_reason=""),
        ),
        "assessment_verified_paired": (
            lambda: assessment(verified=True),
            update(Assessment, verified_at=None),
        ),
        "assessment_status_has_its_person": (
            lambda: assessment(submitted=True),
            update(Assessment, status="returned"),
        ),
        "assessment_verified_has_verifier": (
            lambda: assessment(verified=True),
            update(Assessment, verified_by=None, verified_at=None),
        ),
        "assessment_four_eyes": (lambda: assessment(verified=True), own_assessment),
        "assessment_event_reason_where_required": (assessment, assessment_event_without_reason),
        "figure_basis_once": (lambda: None, same_basis_twice),
        "figure_basis_in_scale": (lambda: None, lambda: basis(total=81).save()),
        "region_in_province": (factories.city, update(Region, parent=None)),
        "user_name_once": (
            lambda: [factories.UserFactory(username=name) for name in ("petugas", "lain")],
            same_name_in_capitals,
        ),
        "village_on_earth": (factories.VillageFactory, update(Village, latitude=Decimal(91))),
        "programme_one_current": (
            lambda: factories.ProgrammeFactory(is_current=True),
            copy_of(Programme, name="Lain", slug="lain"),
        ),
        "programme_name_once": (factories.ProgrammeFactory, copy_of(Programme, slug="lain")),
        "programme_closed_not_current": (
            lambda: factories.ProgrammeFactory(is_current=True),
            update(Programme, is_closed=True),
        ),
        "programme_target_paired": (factories.ProgrammeFactory, update(Programme, target_ha=None)),
        "programme_target_after_baseline": (
            factories.ProgrammeFactory,
            update(Programme, target_year=2016),
        ),
        "programme_hectares_not_negative": (
            factories.ProgrammeFactory,
            update(Programme, declared_ha=Decimal(-1)),
        ),
        "year_target_once": (
            factories.ProgrammeFactory,
            lambda: [year_target() for _ in range(2)],
        ),
        "year_target_not_negative": (
            factories.ProgrammeFactory,
            lambda: year_target(area_ha=-1),
        ),
        "baseline_once_per_village": (factories.BaselineFactory, copy_of(Baseline)),
        "baseline_not_negative": (factories.BaselineFactory, update(Baseline, area_ha=Decimal(-1))),
        "programme_year_once": (
            lambda: summed_row(factories.BaselineFactory()),
            lambda: summed_row(Baseline.objects.get()),
        ),
        "figure_once_per_year": (figure, copy_of(YearlyFigure)),
        "figure_not_negative": (figure, update(YearlyFigure, area_ha=Decimal("-0.01"))),
        "figure_area_unless_draft": (
            lambda: figure(submitted=True),
            update(YearlyFigure, area_ha=None),
        ),
        "figure_submitted_paired": (
            lambda: figure(submitted=True),
            update(YearlyFigure, submitted_at=None),
        ),
        "figure_returned_paired": (
            lambda: figure(returned=True),
            update(YearlyFigure, return_reason=""),
        ),
        "figure_verified_paired": (
            lambda: figure(verified=True),
            update(YearlyFigure, verified_at=None),
        ),
        "figure_status_has_its_person": (
            lambda: figure(submitted=True),
            update(YearlyFigure, status="returned"),
        ),
        "figure_verified_has_verifier": (
            lambda: figure(verified=True),
            update(YearlyFigure, verified_by=None, verified_at=None),
        ),
        "figure_four_eyes": (lambda: figure(verified=True), own_verification),
        "baseline_event_changes": (factories.BaselineFactory, empty_baseline_event),
        "import_applied_paired": (factories.ImportRunFactory, update(ImportRun, applied_at=NOW)),
        "import_verified_has_reason": (
            factories.ImportRunFactory,
            update(ImportRun, as_verified=True),
        ),
        "import_reading_within_rows": (
            factories.ImportReadingFactory,
            update(ImportReading, done_rows=6),
        ),
        "import_part_number": (import_part, second_import_part),
        "event_reason_where_required": (figure, event_without_reason),
        "contact_can_be_reached": (
            lambda: Contact.objects.create(region=factories.city(), office="Kantor", phone="112"),
            update(Contact, phone=""),
        ),
        "question_about_one_record": (question, update(Question, activity=None)),
        "question_event_has_text": (question, empty_answer),
        "figure_reminder_once_per_day": (reminder, copy_of(FigureReminder)),
        "sent_form_once": (sent_form, copy_of(SentForm)),
        "evidence_slot_once": (figure, second_evidence(sha256="b" * 64)),
        "evidence_file_once": (figure, second_evidence(slot=2)),
        "evidence_slot_range": (figure, second_evidence(slot=6, sha256="b" * 64)),
    }


def our_constraints():
    """Return the names of all constraints on the models of kotaku and areas."""
    models = [
        *apps.get_app_config("kotaku").get_models(),
        *apps.get_app_config("areas").get_models(),
    ]
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_every_constraint_has_its_violation():
    assert our_constraints() == set(violations())


@pytest.mark.parametrize("name", sorted(violations()))
def test_database_refuses(db, name):
    build, break_it = violations()[name]
    build()
    if name in ("neighbourhood_labels", "user_name_once"):
        # The normal form of these values is checked first.
        constraints_alone()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it()
    # SQLite names the columns of a unique constraint, not the constraint itself.
    if connection.vendor == "postgresql" or "UNIQUE" not in str(refusal.value):
        assert name in str(refusal.value)


def test_every_sentence_of_a_constraint_is_indonesian_and_ends_with_a_full_stop():
    for app in ("kotaku", "areas"):
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                assert constraint.violation_error_message.endswith("."), constraint.name
