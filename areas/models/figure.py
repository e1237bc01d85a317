"""A village's remaining slum area in one year, and the actions that change it."""

from contextlib import nullcontext
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone

from areas.models.baseline import Baseline
from areas.models.entry import Entry
from areas.models.figure_constraints import CONSTRAINTS
from areas.models.figure_queries import YearlyFigureQuerySet
from areas.models.programme import HECTARES
from areas.models.programme_year import summarised
from areas.models.reviewed import Reviewed
from areas.rules import plausibility
from kotaku.formats import format_hectares_unit
from kotaku.workflow import TransitionNotAllowed

# The actions that change official totals, and so the summary of these (`ProgrammeYear`).
OFFICIAL_VERBS = ("verify", "correct")


class YearlyFigure(Reviewed):
    """A village's remaining slum area at the end of a year, in hectares.

    `as_of` is the day of the figure if it is not the end of the year.

    Draf → Diajukan → Terverifikasi, or Dikembalikan → Diajukan again. Only the actions change a
    figure, and each writes one FigureEvent. `version` counts the changes, so that a form opened
    before another user's change is detected.
    """

    region_path = "baseline__programme__region"

    called = "angka"

    baseline = models.ForeignKey(
        Baseline, on_delete=models.PROTECT, related_name="figures", verbose_name="baseline"
    )
    year = models.PositiveSmallIntegerField("tahun")
    area_ha = models.DecimalField(
        "sisa luas kumuh (Ha)", null=True, blank=True, validators=[MinValueValidator(0)], **HECTARES
    )
    as_of = models.DateField(
        "keadaan per tanggal",
        null=True,
        blank=True,
        help_text="Kosong berarti keadaan akhir tahun.",
    )
    note = models.TextField("catatan", blank=True)
    is_confirmed = models.BooleanField("dikonfirmasi", default=False)
    reason = models.TextField("alasan", blank=True)

    objects = YearlyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "isian tahunan"
        verbose_name_plural = "isian tahunan"
        ordering = ["-year", "baseline__village__name", "pk"]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="figure_queue"),
            models.Index(fields=["year", "status"], name="figure_year_status"),
            models.Index(
                fields=["year"], name="figure_dated", condition=models.Q(as_of__isnull=False)
            ),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"{self.baseline.village}, {self.year}"

    def previous(self) -> tuple[int | None, Decimal]:
        """Return (year, hectares) of the previous verified figure, else (None, baseline)."""
        year, area_ha, _ = self._previous()
        return year, area_ha

    def plausibility_context(self) -> plausibility.Context:
        """Return the hectares this figure is compared with."""
        previous_year, previous_ha, day = self._previous()
        evidence = self.evidence.values_list("uploaded_at", flat=True) if self.pk else ()
        returned_ha, reason = self._returned(evidence)
        return plausibility.Context(
            self.baseline.area_ha,
            previous_ha,
            previous_year,
            len(evidence),
            day,
            returned_ha,
            reason,
        )

    def _returned(self, uploaded):
        """Return the area and reason of the last return, if no evidence was uploaded since."""
        last = self.events.filter(kind="returned").last() if self.pk else None
        if last is None or any(at > last.at for at in uploaded):
            return None, ""
        return last.after_ha, last.reason

    def marks_to_check(self, verb: str, by=None) -> str:
        """Return the names of the concerns that a reviewer, or a village, must confirm first."""
        step = self.transitions[verb]
        if verb not in ("verify", "submit") or self.status not in step.moves:
            return ""
        if self.area_ha is None or (verb == "verify" and by and self.is_own_entry_of(by)):
            return ""
        found = plausibility.concerns(self.area_ha, self.plausibility_context())
        if verb == "submit":
            found = [concern for concern in found if concern == plausibility.Concern.UNCHANGED]
        return " ".join(concern.name for concern in found)

    def unticked_sentence(self, verb: str) -> str:
        """Return why this figure is not submitted or verified."""
        if verb == "submit":
            return plausibility.unchanged_sentence(self.area_ha, self.plausibility_context())
        return super().unticked_sentence(verb)

    def _previous(self):
        earlier = YearlyFigure.objects.verified().filter(
            baseline=self.baseline_id, year__lt=self.year
        )
        found = earlier.order_by("-year").values_list("year", "area_ha", "as_of").first()
        return found or (None, self.baseline.area_ha, None)

    def holds(self, entry: Entry) -> bool:
        """Whether this entry is already stored (a double click sends it twice)."""
        return entry == self.entry

    @property
    def entry(self) -> Entry:
        """The village's stored input."""
        return Entry(self.area_ha, self.note, self.is_confirmed, self.reason)

    @property
    def area_text(self) -> str:
        """The area with its unit, or a dash while it is unknown."""
        return "–" if self.area_ha is None else format_hectares_unit(self.area_ha)

    # The actions. Each is one transaction: a conditional update, then one event.

    def enter(self, *, by, version: int, entry: Entry) -> None:
        """Save the village's entry without submitting it; create the figure if it is new.

        Raises TransitionNotAllowed (not editable, year not open) or StaleRecord.
        """
        self.baseline.check_open(self.year)
        content = {
            "area_ha": entry.area_ha,
            "note": entry.note,
            "is_confirmed": entry.is_confirmed,
            "reason": entry.reason,
            "entered_by": by,
            "entered_at": timezone.now(),
        }
        if self.pk is None:
            with transaction.atomic():
                self.create(content, by=by, baseline=self.baseline_id, year=self.year)
                self._record("enter", by=by, before=None, reason=entry.reason)
        else:
            self.move("enter", by=by, version=version, reason=entry.reason, changes=content)

    def take_over(self, *, by, version: int, entry: Entry, source: str, as_of=None) -> None:
        """Replace a village's draft with a spreadsheet's figure and submit it.

        `source` names file, sheet and row; without `as_of` the stored day stays. Raises the same as
        `submit`.
        """
        self.baseline.check_open(self.year)
        self._check_explained(entry)
        self.move(
            "import",
            by=by,
            version=version,
            reason=entry.reason,
            source=source,
            changes={
                "area_ha": entry.area_ha,
                "as_of": as_of or self.as_of,
                "note": entry.note or self.note,
                "is_confirmed": entry.is_confirmed,
                # Keep the village's text if the file has none.
                "reason": entry.reason or self.reason,
                "entered_by": by,
                "entered_at": timezone.now(),
                **self._signed(self.transitions["import"], by),
            },
        )

    def submit(self, *, by, version: int, ticked: str = "") -> None:
        """Submit the figure for verification.

        Raises TransitionNotAllowed (no area, surprising area not explained, year not open, the same
        as was returned and not ticked) or StaleRecord.
        """
        self.act("submit", by=by, version=version, reason=self.reason, ticked=ticked)

    def _check(self, verb, version):
        # A withdrawn figure must be submittable again.
        if verb in ("submit", "withdraw"):
            self.baseline.check_open(self.year)
        if verb == "submit":
            self._check_explained(self.entry)

    def correct(self, *, by, version: int, area_ha: Decimal, reason: str, source="") -> None:
        """Replace the hectares of a verified figure; the old value stays in the history.

        Raises TransitionNotAllowed (own entry, no reason, nothing changed, not verified) or
        StaleRecord.
        """
        self._check_four_eyes(by)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan koreksi.")
        if area_ha == self.area_ha:
            raise TransitionNotAllowed(
                "Luasnya sama dengan yang sudah tercatat; tidak ada yang dikoreksi."
            )
        self.move(
            "correct",
            by=by,
            version=version,
            reason=reason,
            source=source,
            changes={"area_ha": area_ha},
        )

    def correct_source(self, *, by, version: int, reason: str, **changes) -> None:
        """Replace `as_of` and `note` of a verified figure; the hectares stay.

        Raises TransitionNotAllowed (own entry, no reason, not verified) or StaleRecord.
        """
        self._check_four_eyes(by)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan koreksi.")
        self.move("correct", by=by, version=version, reason=reason, changes=changes)

    def _check_explained(self, entry):
        if entry.area_ha is None:
            raise TransitionNotAllowed("Tulis luas dalam hektare, misalnya 12,50.")
        context = self.plausibility_context()
        found = plausibility.concerns(entry.area_ha, context)
        if plausibility.needs_confirmation(found) and not (entry.is_confirmed and entry.reason):
            raise TransitionNotAllowed(plausibility.growth_sentence(entry.area_ha, context))
        if plausibility.needs_evidence_or_reason(found) and not entry.reason:
            raise TransitionNotAllowed(plausibility.CLEARED_SENTENCE)

    def fresh(self) -> "YearlyFigure":
        """Return the figure as stored now."""
        rows = YearlyFigure.objects.select_related("baseline__village", "baseline__programme")
        return rows.get(pk=self.pk)

    def move(self, verb, **options) -> None:
        """Carry out an action, and update the summary if official totals change."""
        is_official = verb in OFFICIAL_VERBS
        with summarised([self.baseline.village_id]) if is_official else nullcontext():
            super().move(verb, **options)

    def _before(self):
        return self.area_ha

    def _record(self, verb, *, before, **said):
        super()._record(verb, before=before, **said)
        # After a manual change, the hectares are no longer the sum of the assessments.
        if before not in (None, self.area_ha):
            self.basis.all().delete()

    def _event_values(self, before):
        return {"before_ha": before, "after_ha": self.area_ha}
