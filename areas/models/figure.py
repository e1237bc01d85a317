"""A village's remaining slum area in one year, and the verbs that change it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from areas import plausibility
from areas.models.entry import NOT_RETURNED, Entry
from areas.models.event import FigureEvent
from areas.models.figure_constraints import CONSTRAINTS
from areas.models.figure_queries import YearlyFigureQuerySet
from areas.models.programme import HECTARES, Baseline
from areas.models.states import EDITABLE, TRANSITIONS, StaleFigure, Status, TransitionNotAllowed
from kotaku.formats import format_date, format_hectares_unit, format_time


class YearlyFigure(models.Model):
    """What is left of a village's slum area at the end of a year, in hectares.

    Draf → Diajukan → Terverifikasi, or Dikembalikan → Diajukan again (domain.md, "A yearly
    figure"). Only the verbs change a figure, and each writes one FigureEvent. `version` counts
    the changes, so that a form that was opened before somebody else's change is recognised.
    """

    baseline = models.ForeignKey(
        Baseline, on_delete=models.PROTECT, related_name="figures", verbose_name="baseline"
    )
    year = models.PositiveSmallIntegerField("tahun")
    area_ha = models.DecimalField(
        "sisa luas kumuh (Ha)", null=True, blank=True, validators=[MinValueValidator(0)], **HECTARES
    )
    note = models.TextField("catatan", blank=True)
    is_confirmed = models.BooleanField("dikonfirmasi", default=False)
    reason = models.TextField("alasan", blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField("versi", default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diisi oleh",
    )
    entered_at = models.DateTimeField("diisi pada")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diajukan oleh",
    )
    submitted_at = models.DateTimeField("diajukan pada", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dikembalikan oleh",
    )
    returned_at = models.DateTimeField("dikembalikan pada", null=True, blank=True)
    return_reason = models.TextField("alasan pengembalian", blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diverifikasi oleh",
    )
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True)

    objects = YearlyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "isian tahunan"
        verbose_name_plural = "isian tahunan"
        ordering = ["-year", "baseline__village__name", "pk"]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="figure_queue"),
            models.Index(fields=["year", "status"], name="figure_year_status"),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"{self.baseline.village}, {self.year}"

    @property
    def is_editable(self) -> bool:
        """Whether the village may still change it."""
        return self.status in EDITABLE

    def is_own_entry_of(self, user) -> bool:
        """Whether this person entered or submitted it, and so must not verify it."""
        return user.pk in (self.entered_by_id, self.submitted_by_id)

    def previous(self) -> tuple[int | None, Decimal]:
        """Return (year, hectares) of the last verified figure before; (None, baseline) without."""
        row = (
            YearlyFigure.objects.verified()
            .filter(baseline=self.baseline_id, year__lt=self.year)
            .order_by("-year")
            .values_list("year", "area_ha")
            .first()
        )
        return row or (None, self.baseline.area_ha)

    def plausibility_context(self) -> plausibility.Context:
        """Return what this figure is held against."""
        previous_year, previous_ha = self.previous()
        evidence = self.evidence.count() if self.pk else 0
        return plausibility.Context(self.baseline.area_ha, previous_ha, previous_year, evidence)

    def changed_sentence(self) -> str:
        """Say who changed this figure last, for somebody whose form is older than that."""
        last = self.events.select_related("actor").last()
        at = timezone.localtime(last.at)
        day = "" if at.date() == timezone.localdate() else f" {format_date(at.date())}"
        return f"Data ini baru saja diubah oleh {last.actor} pada{day} {format_time(at)}."

    def holds(self, entry: Entry) -> bool:
        """Whether exactly this entry is stored already (a double click sends it twice)."""
        return entry == self.entry

    @property
    def entry(self) -> Entry:
        """What was typed, as it is stored."""
        return Entry(self.area_ha, self.note, self.is_confirmed, self.reason)

    @property
    def area_text(self) -> str:
        """The area with its unit, or a dash while it is unknown."""
        return "–" if self.area_ha is None else format_hectares_unit(self.area_ha)

    # The verbs. Each is one transaction: a conditional update, then one event.

    def enter(self, *, by, version: int, entry: Entry) -> None:
        """Save what the village typed, without submitting it; `version` 0 means "not there yet".

        Raises TransitionNotAllowed (not editable, year not open) or StaleFigure.
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
            self._create(content, by)
        else:
            self._change("enter", FigureEvent.Kind.ENTERED, by=by, version=version, **content)

    def take_over(self, *, by, version: int, entry: Entry, source: str) -> None:
        """Replace what a village has begun by a spreadsheet's figure, handed in at once.

        `source` names file, sheet and row. Raises as `submit` does.
        """
        self.baseline.check_open(self.year)
        self._check_explained(entry)
        now = timezone.now()
        self._change(
            "import",
            FigureEvent.Kind.IMPORTED,
            by=by,
            version=version,
            reason=entry.reason,
            source=source,
            area_ha=entry.area_ha,
            note=entry.note or self.note,
            is_confirmed=entry.is_confirmed,
            entered_by=by,
            entered_at=now,
            submitted_by=by,
            submitted_at=now,
            **NOT_RETURNED,
        )

    def submit(self, *, by, version: int) -> None:
        """Hand the figure in for verification.

        Raises TransitionNotAllowed (no area, an unexplained surprise, year not open) or StaleFigure.
        """
        self.baseline.check_open(self.year)
        self._check_explained(self.entry)
        self._change(
            "submit",
            FigureEvent.Kind.SUBMITTED,
            by=by,
            version=version,
            reason=self.reason,
            submitted_by=by,
            submitted_at=timezone.now(),
            **NOT_RETURNED,
        )

    def return_for_correction(self, *, by, version: int, reason: str) -> None:
        """Give the figure back to its village with a reason. Raises as `verify` does."""
        self._check_four_eyes(by)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan pengembalian.")
        self._change(
            "return",
            FigureEvent.Kind.RETURNED,
            by=by,
            version=version,
            reason=reason,
            returned_by=by,
            returned_at=timezone.now(),
            return_reason=reason,
        )

    def verify(self, *, by, version: int, reason: str = "") -> None:
        """Make the figure official. Raises TransitionNotAllowed (own entry, state) or StaleFigure."""
        self._check_four_eyes(by)
        self._change(
            "verify",
            FigureEvent.Kind.VERIFIED,
            by=by,
            version=version,
            reason=reason,
            verified_by=by,
            verified_at=timezone.now(),
        )

    def correct(self, *, by, version: int, area_ha: Decimal, reason: str, source="") -> None:
        """Replace the hectares of a verified figure; the old value stays in the history.

        Raises TransitionNotAllowed (own entry, no reason, nothing changed, not verified) or
        StaleFigure.
        """
        self._check_four_eyes(by)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan koreksi.")
        if area_ha == self.area_ha:
            raise TransitionNotAllowed(
                "Luasnya sama dengan yang sudah tercatat; tidak ada yang dikoreksi."
            )
        self._change(
            "correct",
            FigureEvent.Kind.CORRECTED,
            by=by,
            version=version,
            reason=reason,
            source=source,
            area_ha=area_ha,
        )

    def _check_explained(self, entry):
        if entry.area_ha is None:
            raise TransitionNotAllowed("Tulis luas dalam hektare, misalnya 12,50.")
        context = self.plausibility_context()
        found = plausibility.concerns(entry.area_ha, context)
        if plausibility.needs_confirmation(found) and not (entry.is_confirmed and entry.reason):
            raise TransitionNotAllowed(plausibility.growth_sentence(entry.area_ha, context))
        if plausibility.needs_evidence_or_reason(found) and not entry.reason:
            raise TransitionNotAllowed(plausibility.CLEARED_SENTENCE)

    def _check_four_eyes(self, user):
        if self.is_own_entry_of(user):
            raise TransitionNotAllowed(
                "Anda sendiri yang mengisi angka ini. Pemeriksaan harus dilakukan oleh orang lain."
            )

    def _create(self, content, by):
        for name, value in {**content, "version": 1}.items():
            setattr(self, name, value)
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                self._record(FigureEvent.Kind.ENTERED, by=by, before_ha=None)
        except IntegrityError:
            self.pk = None
            existing = YearlyFigure.objects.filter(
                baseline=self.baseline_id, year=self.year
            ).first()
            if existing is None:
                raise
            raise StaleFigure(existing) from None

    def _change(self, verb, kind, *, by, version, reason="", source="", **changes):
        before_ha = self.area_ha
        with transaction.atomic():
            target = TRANSITIONS[verb].get(self.status)
            if target and version == self.version:
                changed = YearlyFigure.objects.filter(
                    pk=self.pk, status=self.status, version=version
                ).update(**changes, status=target, version=F("version") + 1)
            else:
                changed = 0
            if changed != 1:
                self._refuse(verb, version)
            for name, value in {**changes, "status": target, "version": version + 1}.items():
                setattr(self, name, value)
            self._record(kind, by=by, before_ha=before_ha, reason=reason, source=source)

    def _refuse(self, verb, version):
        now = YearlyFigure.objects.select_related("baseline__village", "baseline__programme").get(
            pk=self.pk
        )
        if now.version != version:
            raise StaleFigure(now)
        raise TransitionNotAllowed(
            f"Isian berstatus {now.get_status_display()}; langkah ini tidak dapat dilakukan."
        )

    def _record(self, kind, *, by, before_ha, **words):
        at, after_ha = timezone.now(), self.area_ha
        self.events.create(
            kind=kind, actor=by, at=at, before_ha=before_ha, after_ha=after_ha, **words
        )
