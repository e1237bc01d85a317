"""The official assessment of one RT in one year, and the actions that change it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone

from areas.models.assessment_constraints import constraints
from areas.models.assessment_queries import AssessmentQuerySet
from areas.models.neighbourhood import Neighbourhood
from areas.models.programme import RT_HECTARES, YEARS
from areas.models.reviewed import Reviewed
from areas.models.states import ASSESSMENT_TRANSITIONS, Status
from areas.rules import scoring
from areas.rules.criteria import CURRENT, EDITIONS, codes
from areas.rules.edition import Base, Edition, SlumClass
from areas.rules.scoring import Measured, Result
from kotaku.workflow import TransitionNotAllowed

MEASURE = {"max_digits": 10, "decimal_places": 2}
BASES = tuple(base.value for base in Base)
# The volumes of all editions.
VOLUME_FIELDS = tuple(codes(EDITIONS.values()))


def volume_fields(editions: Iterable[Edition]) -> dict[str, models.DecimalField]:
    """Return the columns for the volumes of these editions, each named as in its first edition."""
    found: dict[str, models.DecimalField] = {}
    for each in (criterion for edition in editions for criterion in edition.criteria):
        if each.field not in found:
            size = RT_HECTARES if each.base == Base.AREA else MEASURE
            name = f"{each.key} {each.name.lower()} ({each.unit})"
            found[each.field] = models.DecimalField(name, null=True, blank=True, **size)
    return found


class Assessment(Reviewed):
    """The counts in an RT in a year: five bases, the volumes of its edition, and their score.

    Areas in hectares, lengths in metres, the rest in units, people or households. `rule` is the
    key of the edition; volumes that it does not measure are None. `total` is the score, updated
    with every change of the counts; None while volumes are missing.
    Draf → Diajukan → Terverifikasi or Dikembalikan; a wrong verified one is reopened with a reason,
    and the history keeps its numbers.
    """

    region_path = "neighbourhood__village__district__region"
    version_topic = "assessments"

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
        "aturan",
        max_length=20,
        choices=[(each.key, each.regulation) for each in EDITIONS.values()],
        default=CURRENT.key,
        editable=False,
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
    # In the body of a class, locals() is the namespace that the class is made from (PEP 667).
    locals().update(volume_fields(EDITIONS.values()))
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
        constraints = constraints(EDITIONS.values())

    def __str__(self):
        return f"{self.neighbourhood}, {self.year}"

    @property
    def edition(self) -> Edition:
        """The edition of the criteria that this assessment follows."""
        return EDITIONS[self.rule]

    @property
    def is_complete(self) -> bool:
        """Whether all volumes of its edition are known."""
        return all(getattr(self, field) is not None for field in self.edition.volume_fields)

    @property
    def slum_class(self) -> SlumClass | None:
        """The class of its total; None while volumes are missing."""
        return None if self.total is None else self.edition.class_of(self.total)

    @property
    def is_slum(self) -> bool:
        """Whether its RT counts as slum."""
        return self.total is not None and self.total >= self.edition.slum_from

    def result(self) -> Result | None:
        """Return score, class and hectares; None while volumes are missing."""
        return scoring.score(self.measured()) if self.is_complete else None

    def measured(self) -> Measured:
        """Return the counts for `areas.rules.scoring`, without missing volumes."""
        volumes = {each.key: getattr(self, each.field) for each in self.edition.criteria}
        return Measured(
            edition=self.edition,
            area_ha=self.area_ha,
            buildings=self.buildings,
            households=self.households,
            ideal_road_m=self.ideal_road_m,
            ideal_drainage_m=self.ideal_drainage_m,
            volumes={key: volume for key, volume in volumes.items() if volume is not None},
        )

    def priority(self) -> int | None:
        """Return the handling priority 1–9; None without considerations or if it is not slum."""
        return self.slum_class and scoring.priority(self.slum_class, self.consideration)

    def holds(self, values: Mapping) -> bool:
        """Whether these values are already stored (a double click sends them twice)."""
        return all(getattr(self, name) == value for name, value in values.items())

    # The actions. Each is one transaction: a conditional update, then one event.

    def fill(self, *, by, version: int, step: str, values: Mapping) -> None:
        """Save one step of the form; create the assessment if it is new.

        Raises TransitionNotAllowed (not editable, a volume outside its base, another edition after
        a figure was computed) or StaleRecord.
        """
        values = self._of_its_edition(values)
        if self.pk is None:
            self._create(values, by=by, step=step)
            return
        changes = {**values, "total": self._total_with(values)}
        people = {"entered_by": by, "entered_at": timezone.now()}
        self.move("enter", by=by, version=version, source=step, changes=changes | people)

    def take_over(self, *, by, values: Mapping, source: str) -> None:
        """Replace it by a spreadsheet's numbers and submit it. Raises the same as `fill`."""
        changes = self._from_file(by, values)
        self.move("import", by=by, version=self.version, source=source, changes=changes)

    def fill_from_file(self, *, by, values: Mapping) -> None:
        """Set a new assessment to a spreadsheet's numbers, submitted; for `import_assessments`.

        Raises TransitionNotAllowed (a volume outside its base).
        """
        for name, value in self._from_file(by, values).items():
            setattr(self, name, value)
        self.status = Status.SUBMITTED

    def _from_file(self, by, values) -> dict:
        values = self._of_its_edition(values)
        people = {"entered_by": by, "entered_at": timezone.now()}
        signed = self._signed(self.transitions["import"], by)
        return {**values, "total": self._total_with(values), **people, **signed}

    def submit(self, *, by, version: int) -> None:
        """Submit it. Raises TransitionNotAllowed (criteria missing) or StaleRecord."""
        self.act("submit", by=by, version=version)

    def reopen(self, *, by, version: int, reason: str) -> None:
        """Return a wrong verified assessment to its village; the history keeps its numbers.

        Raises TransitionNotAllowed (no reason, not verified, own entry) or StaleRecord.
        """
        self.act("reopen", by=by, version=version, reason=reason)

    def _check(self, verb, version):
        if verb == "submit" and self.total is None and version == self.version:
            raise TransitionNotAllowed("Isi semua kriteria sebelum mengajukan penilaian.")

    def fresh(self) -> "Assessment":
        """Return the assessment as stored now."""
        return Assessment.objects.loaded().get(pk=self.pk)

    def _of_its_edition(self, values) -> dict:
        """Return the values; under another edition, volumes that it measures otherwise become None.

        Raises TransitionNotAllowed (a volume outside its base, another edition after a figure was
        computed).
        """
        before, edition = self.edition, EDITIONS[values.get("rule", self.rule)]
        if edition is not before:
            if self.pk and self.figures.exists():
                raise TransitionNotAllowed(
                    "Aturan tidak dapat diganti: angka tahunan sudah dihitung dari penilaian ini."
                )
            old, new = ({each.field: each.base for each in of.criteria} for of in (before, edition))
            kept = {field for field, base in new.items() if old.get(field) == base}
            values = {field: None for field in VOLUME_FIELDS if field not in kept} | dict(values)
        values = self._with_unasked(values, edition)
        self._check_bases(values, edition)
        return values

    def _with_unasked(self, values, edition) -> dict:
        """Add 0 for criteria that are not asked, and None for those that are asked from now on."""
        values = dict(values)
        for each in edition.criteria:
            before = getattr(self, each.base.value)
            if not each.is_asked(values.get(each.base.value, before)):
                if values.get(each.field, getattr(self, each.field)) is None:
                    values[each.field] = Decimal(0)
            elif not each.is_asked(before):
                values.setdefault(each.field, None)
        return values

    def _check_bases(self, values, edition):
        for criterion in edition.criteria:
            volume = values.get(criterion.field, getattr(self, criterion.field))
            base = values.get(criterion.base.value, getattr(self, criterion.base.value))
            if volume is not None and not 0 <= volume <= base:
                raise TransitionNotAllowed(scoring.out_of_range_sentence(criterion, volume, base))

    def _total_with(self, values) -> int | None:
        now = Assessment(**{name: getattr(self, name) for name in ("rule", *BASES, *VOLUME_FIELDS)})
        for name, value in values.items():
            setattr(now, name, value)
        result = now.result()
        return None if result is None else result.total

    def _create(self, values, *, by, step):
        people = {"entered_by": by, "entered_at": timezone.now()}
        key = {"neighbourhood": self.neighbourhood_id, "year": self.year}
        with transaction.atomic():
            self.create({**values, **people, "total": self._total_with(values)}, by=by, **key)
            self._record("enter", by=by, before=None, source=step)

    def _before(self):
        return self.total

    def _event_values(self, before):
        numbers = {name: getattr(self, name) for name in (*BASES, "people", *VOLUME_FIELDS)}
        words = {name: _as_text(value) for name, value in numbers.items() if value is not None}
        words["rule"] = self.rule
        return {"before_total": before, "after_total": self.total, "numbers": words}


def _as_text(value) -> str:
    return f"{Decimal(value).normalize():f}"
