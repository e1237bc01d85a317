"""The official assessment of one RT in one year, and the verbs that change it."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone

from areas.models.assessment_constraints import CONSTRAINTS
from areas.models.assessment_queries import AssessmentQuerySet
from areas.models.neighbourhood import Neighbourhood
from areas.models.programme import RT_HECTARES, YEARS
from areas.models.reviewed import NOT_RETURNED, Reviewed
from areas.models.states import ASSESSMENT_TRANSITIONS
from areas.rules import scoring
from areas.rules.criteria import (
    BY_KEY,
    CRITERIA,
    VOLUME_FIELDS,
    Base,
)
from areas.rules.scoring import Measured, Result
from kotaku.workflow import TransitionNotAllowed

MEASURE = {"max_digits": 10, "decimal_places": 2}
BASES = tuple(base.value for base in Base)


def _volume(key):
    criterion = BY_KEY[key]
    size = RT_HECTARES if criterion.base == Base.AREA else MEASURE
    return models.DecimalField(
        f"{key} {criterion.name.lower()} ({criterion.unit})", null=True, blank=True, **size
    )


class Assessment(Reviewed):
    """The counts in an RT in a year: five bases and sixteen volumes, and their score.

    Areas in hectares, lengths in metres, the rest in units, people or households. `total` is the
    score of `areas.rules.scoring` (0–80), updated by every verb; None while volumes are missing.
    Draf → Diajukan → Terverifikasi or Dikembalikan; a wrong verified one is reopened with a
    reason, and the history keeps its numbers.
    """

    region_path = "neighbourhood__village__district__region"
    version_topic = "assessments"

    class Rule(models.TextChoices):
        """The edition of the regulation it was made under."""

        PERMEN_14_2018 = "permen-14-2018", "Permen PUPR 14/PRT/M/2018"

    class Consideration(models.TextChoices):
        """*Pertimbangan lain*: strategic value, population, social and economic conditions."""

        HIGH = "tinggi", "Tinggi"
        MEDIUM = "sedang", "Sedang"
        LOW = "rendah", "Rendah"

    called = "penilaian"
    transitions = ASSESSMENT_TRANSITIONS

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="assessments", verbose_name="RT"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    rule = models.CharField(
        "aturan", max_length=20, choices=Rule, default=Rule.PERMEN_14_2018, editable=False
    )
    assessor = models.CharField("penilai", max_length=120)
    area_ha = models.DecimalField("luas RT (Ha)", **RT_HECTARES)
    buildings = models.PositiveIntegerField("jumlah bangunan (unit)")
    people = models.PositiveIntegerField("jumlah penduduk (jiwa)")
    households = models.PositiveIntegerField("jumlah kepala keluarga (KK)")
    ideal_road_m = models.DecimalField(
        "panjang jalan ideal (m)", validators=[MinValueValidator(0)], **MEASURE
    )
    ideal_drainage_m = models.DecimalField(
        "panjang drainase ideal (m)", validators=[MinValueValidator(0)], **MEASURE
    )
    building_irregularity = _volume("1a")
    building_density_ha = _volume("1b")
    building_nonconformity = _volume("1c")
    road_uncovered_m = _volume("2a")
    road_damaged_m = _volume("2b")
    water_no_access = _volume("3a")
    water_shortage = _volume("3b")
    drainage_flooded_ha = _volume("4a")
    drainage_missing_m = _volume("4b")
    drainage_poor_m = _volume("4c")
    sewage_system = _volume("5a")
    sewage_facilities = _volume("5b")
    waste_facilities = _volume("6a")
    waste_system = _volume("6b")
    fire_infrastructure = _volume("7a")
    fire_equipment = _volume("7b")
    consideration = models.CharField(
        "pertimbangan lain", max_length=6, choices=Consideration, blank=True
    )
    is_tenure_clear = models.BooleanField("status penguasaan lahan jelas", null=True, blank=True)
    is_zoning_met = models.BooleanField("sesuai rencana tata ruang", null=True, blank=True)
    note = models.TextField("catatan", blank=True)
    total = models.PositiveSmallIntegerField("nilai total", null=True, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penilaian RT"
        verbose_name_plural = "penilaian RT"
        ordering = ["-year", "neighbourhood__rw", "neighbourhood__rt", "pk"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="assessment_queue")]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"{self.neighbourhood}, {self.year}"

    @property
    def is_complete(self) -> bool:
        """Whether all sixteen volumes are known."""
        return all(getattr(self, field) is not None for field in VOLUME_FIELDS)

    def result(self) -> Result | None:
        """Return score, class and hectares; None while volumes are missing."""
        return scoring.score(self.measured()) if self.is_complete else None

    def measured(self) -> Measured:
        """Return the counts for `areas.rules.scoring`, without missing volumes."""
        volumes = {each.key: getattr(self, each.field) for each in CRITERIA}
        return Measured(
            area_ha=self.area_ha,
            buildings=self.buildings,
            households=self.households,
            ideal_road_m=self.ideal_road_m,
            ideal_drainage_m=self.ideal_drainage_m,
            volumes={key: volume for key, volume in volumes.items() if volume is not None},
        )

    def priority(self) -> int | None:
        """Return the handling priority 1–9; None without considerations or if it is no slum."""
        if self.total is None:
            return None
        return scoring.priority(scoring.class_of(self.total), self.consideration)

    def holds(self, values: Mapping) -> bool:
        """Whether these values are already stored (a double click sends them twice)."""
        return all(getattr(self, name) == value for name, value in values.items())

    # The verbs. Each is one transaction: a conditional update, then one event.

    def fill(self, *, by, version: int, step: str, values: Mapping) -> None:
        """Save one step of the form; `version` 0 creates the assessment.

        Raises TransitionNotAllowed (not editable, a volume outside its base) or StaleRecord.
        """
        self._check_bases(values)
        if self.pk is None:
            self._create(values, by=by, step=step)
            return
        changes = {**values, "total": self._total_with(values)}
        people = {"entered_by": by, "entered_at": timezone.now()}
        self.move("enter", by=by, version=version, source=step, changes=changes | people)

    def take_over(self, *, by, values: Mapping, source: str) -> None:
        """Store and submit a spreadsheet's numbers. Raises the same as `fill`."""
        self._check_bases(values)
        now = timezone.now()
        people = {"entered_by": by, "entered_at": now, "submitted_by": by, "submitted_at": now}
        if self.pk is None:
            self._create(values, by=by, step=source, verb="import", status="submitted", **people)
            return
        self.move(
            "import",
            by=by,
            version=self.version,
            source=source,
            changes={
                **values,
                "total": self._total_with(values),
                **people,
                **NOT_RETURNED,
            },
        )

    def submit(self, *, by, version: int) -> None:
        """Submit it. Raises TransitionNotAllowed (criteria missing) or StaleRecord."""
        if self.total is None and version == self.version:
            raise TransitionNotAllowed("Isi semua kriteria sebelum mengajukan penilaian.")
        self._hand_in(by=by, version=version)

    def reopen(self, *, by, version: int, reason: str) -> None:
        """Return a wrong verified assessment to its village; the history keeps its numbers.

        Raises TransitionNotAllowed (no reason, not verified, own entry) or StaleRecord.
        """
        self._check_four_eyes(by)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan membuka kembali penilaian ini.")
        self.move(
            "reopen",
            by=by,
            version=version,
            reason=reason,
            changes={
                "returned_by": by,
                "returned_at": timezone.now(),
                "return_reason": reason,
                "verified_by": None,
                "verified_at": None,
            },
        )

    def fresh(self) -> "Assessment":
        """Return the assessment as stored now."""
        return Assessment.objects.loaded().get(pk=self.pk)

    def _check_bases(self, values):
        for criterion in CRITERIA:
            volume = values.get(criterion.field, getattr(self, criterion.field))
            base = values.get(criterion.base.value, getattr(self, criterion.base.value))
            if volume is not None and not 0 <= volume <= base:
                raise TransitionNotAllowed(scoring.out_of_range_sentence(criterion, volume, base))

    def _total_with(self, values) -> int | None:
        now = Assessment(**{name: getattr(self, name) for name in (*BASES, *VOLUME_FIELDS)})
        for name, value in values.items():
            setattr(now, name, value)
        result = now.result()
        return None if result is None else result.total

    def _create(self, values, *, by, step, verb="enter", **also):
        also.setdefault("entered_by", by)
        also.setdefault("entered_at", timezone.now())
        key = {"neighbourhood": self.neighbourhood_id, "year": self.year}
        with transaction.atomic():
            self.create({**values, **also, "total": self._total_with(values)}, by=by, **key)
            self._record(verb, by=by, before=None, source=step)

    def _before(self):
        return self.total

    def _event_values(self, before):
        numbers = {name: getattr(self, name) for name in (*BASES, "people", *VOLUME_FIELDS)}
        words = {name: _as_text(value) for name, value in numbers.items() if value is not None}
        return {"before_total": before, "after_total": self.total, "numbers": words}


def _as_text(value) -> str:
    return f"{Decimal(value).normalize():f}"
