"""A village's community board (BKM/LKM), and the village's yearly support for it."""

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from areas.models.activity_event import differences
from areas.models.funding import RUPIAH
from areas.models.programme import YEARS
from areas.models.village import Village
from kotaku.formats import format_date, format_rupiah
from kotaku.workflow.events import Event
from kotaku.workflow.versioned import Versioned


class CommunityBoardQuerySet(models.QuerySet):
    """Boards are readable when signed in, editable by their village."""

    def visible_to(self, user):
        """Return the boards of a signed-in user's region."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user.within(self.model.region_path))

    def editable_by(self, user):
        """Return the boards of this officer's villages."""
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()


class CommunityBoard(Versioned):
    """The BKM or LKM of a village. It stores no bank data and no private names."""

    region_path = "village__district__region"

    class Independence(models.TextChoices):
        """The official grade of the board's independence."""

        EARLY = "awal", "Awal"
        EMPOWERED = "berdaya", "Berdaya"
        INDEPENDENT = "mandiri", "Mandiri"
        CIVIL = "madani", "Menuju madani"

    village = models.OneToOneField(
        Village,
        on_delete=models.PROTECT,
        related_name="community_board",
        verbose_name="desa/kelurahan",
    )
    name = models.CharField("nama BKM/LKM", max_length=120)
    coordinator_position = models.CharField("jabatan koordinator", max_length=120, blank=True)
    founded_on = models.DateField("berdiri pada", null=True, blank=True)
    independence = models.CharField(
        "status kemandirian", max_length=10, choices=Independence, blank=True
    )
    is_sample = models.BooleanField("data contoh", default=False)

    objects = CommunityBoardQuerySet.as_manager()

    class Meta:
        verbose_name = "BKM/LKM"
        verbose_name_plural = "BKM/LKM"
        ordering = ["village__name"]

    def __str__(self):
        return self.name

    def store(self, *, by, version: int, values: dict) -> None:
        """Create or change the board, with a history event. Raises StaleRecord.

        If two users create the board at the same time, the second gets StaleRecord.
        """
        _store(self, {"village": self.village}, by=by, version=version, values=values)

    def facts(self) -> dict[str, str]:
        """Return the stored values as label → text, for the history."""
        return {
            "nama": self.name,
            "jabatan koordinator": self.coordinator_position,
            "berdiri pada": format_date(self.founded_on) if self.founded_on else "",
            "status kemandirian": self.get_independence_display(),
        }

    def record(self, *, by, at, changes) -> None:
        """Write a line of history."""
        self.events.create(actor=by, at=at, changes=changes)


class VillageSupport(Versioned):
    """A village's support for its board in one year: plans, money (rupiah), technical support."""

    board = models.ForeignKey(
        CommunityBoard, on_delete=models.PROTECT, related_name="support", verbose_name="BKM/LKM"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    in_rpjmdes = models.BooleanField("tercantum dalam RPJMDes", default=False)
    in_rkpdes = models.BooleanField("tercantum dalam RKPDes", default=False)
    budget_idr = models.DecimalField(
        "anggaran (Rp)", null=True, blank=True, validators=[MinValueValidator(0)], **RUPIAH
    )
    technical_support = models.TextField("dukungan teknis", blank=True)

    class Meta:
        verbose_name = "dukungan desa"
        verbose_name_plural = "dukungan desa"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year"],
                name="support_once_per_year",
                violation_error_message="Dukungan tahun itu sudah tercatat.",
            ),
            models.CheckConstraint(
                name="support_budget_not_negative",
                condition=Q(budget_idr__isnull=True) | Q(budget_idr__gte=0),
                violation_error_message="Anggaran tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.board}, {self.year}"

    def store(self, *, by, version: int, values: dict) -> None:
        """Create or change the year's row, with a history event. Raises StaleRecord."""
        keys = {"board": self.board, "year": self.year}
        _store(self, keys, by=by, version=version, values=values)

    def facts(self) -> dict[str, str]:
        """Return the stored values as label → text, for the history."""
        yes_no = {True: "ya", False: "belum"}
        budget_idr = self.budget_idr
        return {
            f"{self.year}, dalam RPJMDes": yes_no[self.in_rpjmdes],
            f"{self.year}, dalam RKPDes": yes_no[self.in_rkpdes],
            f"{self.year}, anggaran": "" if budget_idr is None else format_rupiah(budget_idr),
            f"{self.year}, dukungan teknis": self.technical_support,
        }

    def record(self, *, by, at, changes) -> None:
        """Write a line of the board's history."""
        self.board.record(by=by, at=at, changes=changes)


class BoardEvent(Event):
    """A change of a board or of a year's support: who, when, and the values before and after."""

    board = models.ForeignKey(
        CommunityBoard, on_delete=models.PROTECT, related_name="events", verbose_name="BKM/LKM"
    )
    changes = models.JSONField("perubahan", default=list)

    class Meta(Event.Meta):
        verbose_name = "riwayat BKM/LKM"
        verbose_name_plural = "riwayat BKM/LKM"

    def __str__(self):
        return f"{self.board}, {self.at:%Y-%m-%d}"


def _store(row, keys, *, by, version, values):
    with transaction.atomic():
        before = row.facts() if row.pk else {}
        if row.pk:
            row.change(by=by, version=version, **values)
        else:
            row.create(values, by=by, **keys)
        row.record(by=by, at=row.changed_at, changes=differences(before, row.facts()))
