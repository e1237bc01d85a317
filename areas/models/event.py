"""The history of figures and baselines: append-only, written only by the actions on them."""

from django.db import models
from django.db.models import Q

from areas.models.programme import HECTARES, Programme
from areas.models.states import TRANSITIONS
from areas.models.village import Village
from kotaku.workflow.events import Event
from kotaku.workflow.states import event_kinds, kinds_with_reason

# Of a source, such as "Luas kumuh 2023.xlsx, lembar Data, baris 12".
SOURCE_LENGTH = 300


class FigureEvent(Event):
    """A change of a figure: who, when, old and new hectares, and why."""

    Kind = event_kinds(
        TRANSITIONS.values(), EVIDENCE_ADDED="Menambah bukti", EVIDENCE_REMOVED="Menghapus bukti"
    )

    figure = models.ForeignKey(
        "areas.YearlyFigure", on_delete=models.PROTECT, related_name="events", verbose_name="isian"
    )
    kind = models.CharField("peristiwa", max_length=20, choices=Kind)
    before_ha = models.DecimalField("dari (Ha)", null=True, blank=True, **HECTARES)
    after_ha = models.DecimalField("menjadi (Ha)", null=True, blank=True, **HECTARES)
    reason = models.TextField("alasan atau keterangan", blank=True)
    source = models.CharField(
        "berkas asal", max_length=SOURCE_LENGTH, blank=True, help_text="Berkas, lembar, dan baris."
    )

    marks = models.CharField(
        "tanda yang dicentang",
        max_length=120,
        blank=True,
        editable=False,
        help_text="Nama tanda yang dinyatakan sudah diperiksa, dipisahkan spasi.",
    )

    class Meta(Event.Meta):
        verbose_name = "riwayat isian"
        verbose_name_plural = "riwayat isian"
        constraints = [
            models.CheckConstraint(
                name="event_reason_where_required",
                condition=~Q(kind__in=kinds_with_reason(TRANSITIONS.values())) | ~Q(reason=""),
                violation_error_message="Tulis alasannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.figure}"


class BaselineEventQuerySet(models.QuerySet):
    """Access to the history of baselines by user."""

    def visible_to(self, user):
        """Return the events of the region for staff readers, of their villages for officers."""
        if user.is_authenticated and user.is_staff_reader:
            return self.filter(user.within(self.model.region_path))
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()


class BaselineEvent(Event):
    """A change of a village's baseline: old and new hectares (None: no baseline), and why.

    It references programme and village, so that it survives deletion of the baseline.
    """

    region_path = "programme__region"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="baseline_events", verbose_name="periode"
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        related_name="baseline_events",
        verbose_name="desa/kelurahan",
    )
    before_ha = models.DecimalField("dari (Ha)", null=True, blank=True, **HECTARES)
    after_ha = models.DecimalField("menjadi (Ha)", null=True, blank=True, **HECTARES)
    reason = models.TextField("alasan atau keterangan", blank=True)
    source = models.CharField("berkas asal", max_length=SOURCE_LENGTH, blank=True)

    objects = BaselineEventQuerySet.as_manager()

    class Meta(Event.Meta):
        verbose_name = "riwayat baseline"
        verbose_name_plural = "riwayat baseline"
        constraints = [
            models.CheckConstraint(
                name="baseline_event_changes",
                condition=Q(before_ha__isnull=False) | Q(after_ha__isnull=False),
                violation_error_message="Tulis luas sebelum atau sesudahnya.",
            )
        ]

    def __str__(self):
        return f"Baseline {self.village}, {self.programme}"
