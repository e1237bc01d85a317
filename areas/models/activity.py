"""The collaborative work plan: what is done about slums, by whom, and who pays."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q, Sum

from areas.criteria import ASPECTS, CRITERIA
from areas.models.neighbourhood import Neighbourhood
from areas.models.programme import YEARS
from areas.models.region import Village
from kotaku.versioned import Versioned

MEASURE = {"max_digits": 12, "decimal_places": 2}
RUPIAH = {"max_digits": 15, "decimal_places": 0}
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class ActivityStatus(models.TextChoices):
    """How far an activity is (domain.md, "The collaborative work plan")."""

    PLANNED = "planned", "Direncanakan"
    RUNNING = "running", "Berjalan"
    DONE = "done", "Selesai"
    CANCELLED = "cancelled", "Batal"


# What is still to come, and so lowers volumes that were counted before it.
AHEAD = (ActivityStatus.PLANNED, ActivityStatus.RUNNING)


class FundingSource(models.TextChoices):
    """Who pays; several may share one activity."""

    APBN = "apbn", "APBN"
    BDI = "bdi", "BDI/BPM"
    PROVINCE = "apbd-provinsi", "APBD provinsi"
    CITY = "apbd-kota", "APBD kota"
    DAK = "dak", "DAK"
    VILLAGE = "dana-desa", "Dana Desa/APBDes"
    KELURAHAN = "dana-kelurahan", "Dana kelurahan"
    COMMUNITY = "swadaya", "Swadaya masyarakat"
    CSR = "csr", "CSR/swasta"
    GRANT = "hibah", "Hibah"
    OTHER = "lainnya", "Lainnya"


class PlanDocument(models.TextChoices):
    """Where an activity stands in the village's own planning; "" while it does not."""

    RPJMDES = "rpjmdes", "RPJMDes"
    RKPDES = "rkpdes", "RKPDes"
    APBDES = "apbdes", "APBDes"
    RENJA = "renja", "Renja/DPA (kelurahan)"


class ActivityQuerySet(models.QuerySet):
    """The plan of all actors: read by who is signed in, written by Bappeda and the village."""

    def visible_to(self, user):
        """Return all activities to who is signed in; the public sees verified totals only."""
        return self if user.is_authenticated else self.none()

    def editable_by(self, user):
        """Return all to Bappeda, those of their own villages to officers."""
        if user.is_authenticated and user.is_bappeda:
            return self
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()

    def of_kind(self, *, sample: bool):
        """Return invented or real ones; their costs never add up with each other."""
        return self.filter(is_sample=sample)

    def with_cost(self):
        """Annotate `planned_idr` and `realised_idr`: what all sources give."""
        return self.annotate(
            planned_idr=Sum("funding__planned_idr", default=Decimal(0)),
            realised_idr=Sum("funding__realised_idr", default=Decimal(0)),
        )

    def loaded(self):
        """Load what a line about an activity shows."""
        return self.select_related("village__district").with_cost()


class Activity(Versioned):
    """One *kegiatan penanganan*: what, where, when, how much, and how far it is.

    Volumes are in `unit`; money is in whole rupiah and hangs on its sources. `aspect` is one of
    the seven of the assessment.
    """

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="activities", verbose_name="desa/kelurahan"
    )
    aspect = models.PositiveSmallIntegerField(
        "aspek", choices=[(each.number, f"{each.number} {each.name}") for each in ASPECTS]
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
                name="activity_status_known",
                condition=Q(status__in=ActivityStatus.values),
                violation_error_message="Keadaan kegiatan tidak dikenal.",
            ),
            models.CheckConstraint(
                name="activity_aspect_known",
                condition=Q(aspect__range=(1, len(ASPECTS))),
                violation_error_message="Aspek harus 1 sampai 7.",
            ),
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
                name="activity_unit_with_volume",
                condition=Q(volume__isnull=True, realised_volume__isnull=True) | ~Q(unit=""),
                violation_error_message="Tulis satuan volumenya.",
            ),
        ]

    def __str__(self):
        return f"{self.description[:80]}, {self.village}, {self.year}"

    @property
    def is_in_village_plan(self) -> bool:
        """Whether the village's own planning carries it."""
        return bool(self.plan_document)

    def store(self, *, by, version: int, values: dict, funding: dict, improvements=None) -> None:
        """Save the activity with its money and what it improves; `version` 0 creates it.

        `funding` is source → (planned, realised) in rupiah and replaces what was there;
        `improvements` are (neighbourhood, criterion key, volume), None leaves them. Raises
        StaleRecord when somebody else was faster.
        """
        with transaction.atomic():
            if self.pk is None:
                for name, value in {**values, "changed_by": by}.items():
                    setattr(self, name, value)
                self.save(force_insert=True)
            else:
                self.change(by=by, version=version, **values)
            self.funding.exclude(source__in=funding).delete()
            for source, (planned, realised) in funding.items():
                self.funding.update_or_create(
                    source=source,
                    defaults={"planned_idr": planned, "realised_idr": realised},
                )
            if improvements is not None:
                self.improvements.all().delete()
                Improvement.objects.bulk_create(
                    Improvement(activity=self, neighbourhood=rt, criterion=key, volume=volume)
                    for rt, key, volume in improvements
                )


class Funding(models.Model):
    """What one source gives to an activity, in rupiah: planned, and spent."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="funding", verbose_name="kegiatan"
    )
    source = models.CharField("sumber dana", max_length=20, choices=FundingSource)
    planned_idr = models.DecimalField("anggaran (Rp)", **RUPIAH)
    realised_idr = models.DecimalField("realisasi (Rp)", default=0, **RUPIAH)

    class Meta:
        verbose_name = "dana kegiatan"
        verbose_name_plural = "dana kegiatan"
        ordering = ["-planned_idr", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source"],
                name="funding_source_once",
                violation_error_message="Sumber dana ini sudah disebut.",
            ),
            models.CheckConstraint(
                name="funding_source_known",
                condition=Q(source__in=FundingSource.values),
                violation_error_message="Sumber dana tidak dikenal.",
            ),
            models.CheckConstraint(
                name="funding_not_negative",
                condition=Q(planned_idr__gte=0, realised_idr__gte=0),
                violation_error_message="Dana tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}: {self.activity}"


class Improvement(models.Model):
    """What an activity takes off one criterion's volume in one RT, in the criterion's unit.

    More than the volume counts as the whole of it (domain.md, "The official assessment").
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="improvements", verbose_name="kegiatan"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="improvements", verbose_name="RT"
    )
    criterion = models.CharField(
        "kriteria",
        max_length=2,
        choices=[(each.key, f"{each.key} {each.name}") for each in CRITERIA],
    )
    volume = models.DecimalField(
        "volume yang diperbaiki", validators=[MinValueValidator(Decimal("0.01"))], **MEASURE
    )

    class Meta:
        verbose_name = "perbaikan kriteria"
        verbose_name_plural = "perbaikan kriteria"
        ordering = ["neighbourhood__rw", "neighbourhood__rt", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "neighbourhood", "criterion"],
                name="improvement_once",
                violation_error_message="Kriteria RT ini sudah disebut.",
            ),
            models.CheckConstraint(
                name="improvement_positive",
                condition=Q(volume__gt=0),
                violation_error_message="Volume perbaikan harus lebih dari 0.",
            ),
            models.CheckConstraint(
                name="improvement_criterion_known",
                condition=Q(criterion__in=[each.key for each in CRITERIA]),
                violation_error_message="Kriteria tidak dikenal.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}, {self.neighbourhood}"
