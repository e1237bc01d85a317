"""The collaborative work plan: activities against slums, their actors and funding."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Count, Q, Sum

from areas.models.activity_event import ActivityEvent, differences
from areas.models.improvement import Improvement
from areas.models.programme import YEARS
from areas.models.village import Village
from areas.rules.criteria import known_aspects
from kotaku.formats import format_amount, format_rupiah
from kotaku.workflow.states import Look, States, Tone
from kotaku.workflow.versioned import Versioned

# Twelve decimals for hectares of an RT; other units use two.
MEASURE = {"max_digits": 22, "decimal_places": 12}
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]

ASPECTS = known_aspects()


class ActivityStatus(States):
    """The progress of an activity."""

    PLANNED = "planned", "Direncanakan"
    RUNNING = "running", Look(Tone.WAIT), "Berjalan"
    DONE = "done", Look(Tone.GOOD), "Selesai"
    CANCELLED = "cancelled", "Batal"


class PlanDocument(models.TextChoices):
    """The village planning document that contains an activity; "" if none."""

    RPJMDES = "rpjmdes", "RPJMDes"
    RKPDES = "rkpdes", "RKPDes"
    APBDES = "apbdes", "APBDes"
    RENJA = "renja", "Renja/DPA (kelurahan)"


class ActivityQuerySet(models.QuerySet):
    """The plan of all actors: readable when signed in, editable by Bappeda and the village."""

    def visible_to(self, user):
        """Return the activities of a signed-in user's region; none for the public."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user.within(self.model.region_path))

    def editable_by(self, user):
        """Return the activities of the region for Bappeda, of their villages for officers."""
        return self.filter(village__in=Village.objects.planned_by(user))

    def of_kind(self, *, sample: bool):
        """Return sample or real activities; their costs are never added up together."""
        return self.filter(is_sample=sample)

    def with_cost(self):
        """Annotate `planned_idr` and `realised_idr`: the sums of all sources in rupiah."""
        return self.annotate(
            planned_idr=Sum("funding__planned_idr", default=Decimal(0)),
            realised_idr=Sum("funding__realised_idr", default=Decimal(0)),
            # Without a source the cost is unknown, not 0.
            sources=Count("funding"),
        )

    def loaded(self):
        """Load the relations that a list of activities shows, newest years first."""
        # Aggregation drops the model's default order, so set it again.
        ordered = self.order_by("-year", "village__name", "pk")
        return ordered.select_related("village__district__region").with_cost()


class Activity(Versioned):
    """One *kegiatan penanganan*: work, place, year, volume and progress.

    Volumes are in `unit`; money is in whole rupiah, stored per funding source. `aspect` is the
    number of an aspect of the assessment. The form contains the new `uid`, so that a double click
    does not create the activity twice.
    """

    region_path = "village__district__region"
    state_field = "status"
    states = ActivityStatus

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="activities", verbose_name="desa/kelurahan"
    )
    aspect = models.PositiveSmallIntegerField(
        "aspek", choices=[(number, f"{number} {name}") for number, name in ASPECTS.items()]
    )
    description = models.TextField("kegiatan")
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    volume = models.DecimalField(
        "volume", null=True, blank=True, validators=[MinValueValidator(0)], **MEASURE
    )
    unit = models.CharField("satuan", max_length=20, blank=True)
    actor = models.CharField("pelaku", max_length=160)
    status = models.CharField(
        "keadaan", max_length=10, choices=ActivityStatus, default=ActivityStatus.PLANNED
    )
    plan_document = models.CharField(
        "dalam perencanaan desa", max_length=10, choices=PlanDocument, blank=True
    )
    plan_reference = models.CharField("di bagian mana", max_length=200, blank=True)
    realised_volume = models.DecimalField(
        "volume terlaksana", null=True, blank=True, validators=[MinValueValidator(0)], **MEASURE
    )
    physical_percent = models.PositiveSmallIntegerField(
        "kemajuan fisik (%)", default=0, validators=PERCENT
    )
    people_served = models.PositiveIntegerField("penerima manfaat (jiwa)", null=True, blank=True)
    households_served = models.PositiveIntegerField("penerima manfaat (KK)", null=True, blank=True)
    note = models.TextField("catatan", blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan penanganan"
        verbose_name_plural = "kegiatan penanganan"
        ordering = ["-year", "village__name", "pk"]
        indexes = [models.Index(fields=["year", "status"], name="activity_year_status")]
        constraints = [
            models.CheckConstraint(
                name="activity_amounts_not_negative",
                condition=(Q(volume__isnull=True) | Q(volume__gte=0))
                & (Q(realised_volume__isnull=True) | Q(realised_volume__gte=0)),
                violation_error_message="Volume tidak boleh kurang dari 0.",
            ),
            models.CheckConstraint(
                name="activity_percent_range",
                condition=Q(physical_percent__range=(0, 100)),
                violation_error_message="Kemajuan fisik harus antara 0 dan 100 %.",
            ),
            models.CheckConstraint(
                name="activity_done_is_whole",
                condition=~Q(status="done") | Q(physical_percent=100),
                violation_error_message="Kegiatan yang selesai mempunyai kemajuan fisik 100 %.",
            ),
            models.CheckConstraint(
                name="activity_reference_in_plan",
                condition=Q(plan_reference="") | ~Q(plan_document=""),
                violation_error_message="Pilih dokumen perencanaannya.",
            ),
            models.CheckConstraint(
                name="activity_unit_with_volume",
                condition=Q(volume__isnull=True, realised_volume__isnull=True) | ~Q(unit=""),
                violation_error_message="Tulis satuan volumenya.",
            ),
        ]

    def __str__(self):
        return f"{self.description[:80]}, {self.village}, {self.year}"

    @property
    def is_in_village_plan(self) -> bool:
        """Whether it is in a planning document of the village."""
        return bool(self.plan_document)

    def store(self, *, by, version: int, values: dict, funding=None, improvements=None) -> None:
        """Save the activity with its funding and improvements; create it if it is new.

        `funding` is source → (planned, realised) in rupiah and `improvements` are
        (neighbourhood, criterion code, volume); each replaces the stored rows, None keeps them.
        Raises StaleRecord if another user saved first, or the same form was sent twice.
        """
        with transaction.atomic():
            is_new = self.pk is None
            before = {} if is_new else self.facts()
            if is_new:
                self.create(values, by=by, uid=self.uid)
            else:
                self.change(by=by, version=version, **values)
            self._replace_funding(funding)
            self._replace_improvements(improvements)
            self.events.create(
                kind=ActivityEvent.Kind.PLANNED if is_new else ActivityEvent.Kind.CHANGED,
                actor=by,
                at=self.changed_at,
                changes=differences(before, self.facts()),
            )

    def holds(self, values: dict, funding=None, improvements=None) -> bool:
        """Whether these values are already stored (a double click sends them twice)."""
        if any(getattr(self, name) != value for name, value in values.items()):
            return False
        if funding is not None and funding != {
            each.source: (each.planned_idr, each.realised_idr) for each in self.funding.all()
        }:
            return False
        return improvements is None or {
            (rt.pk, key, volume) for rt, key, volume in improvements
        } == set(self.improvements.values_list("neighbourhood", "criterion", "volume"))

    def facts(self) -> dict[str, str]:
        """Return the stored values as label → text, for the history."""
        facts = {}
        for field in self._meta.fields:
            if field.editable and not field.is_relation and field.name not in _NOT_TOLD:
                facts[str(field.verbose_name)] = _words(self, field)
        facts["desa/kelurahan"] = str(self.village)
        for each in self.funding.all():
            label = each.get_source_display()
            facts[f"anggaran {label}"] = format_rupiah(each.planned_idr)
            facts[f"realisasi {label}"] = format_rupiah(each.realised_idr)
        for each in self.improvements.select_related("neighbourhood"):
            label = f"{each.neighbourhood.short_name}, {each.get_criterion_display()}"
            facts[label] = format_amount(each.volume)
        return facts

    def _replace_funding(self, funding):
        if funding is None:
            return
        self.funding.exclude(source__in=funding).delete()
        for source, (planned, realised) in funding.items():
            self.funding.update_or_create(
                source=source, defaults={"planned_idr": planned, "realised_idr": realised}
            )

    def _replace_improvements(self, improvements):
        if improvements is None:
            return
        self.improvements.all().delete()
        Improvement.objects.bulk_create(
            Improvement(activity=self, neighbourhood=rt, criterion=key, volume=volume)
            for rt, key, volume in improvements
        )


_NOT_TOLD = ("id", "version", "changed_at", "is_sample")


def _words(activity, field) -> str:
    if field.choices:
        return getattr(activity, f"get_{field.name}_display")()
    value = getattr(activity, field.name)
    if value is None:
        return ""
    return format_amount(value) if isinstance(value, Decimal) else str(value)
