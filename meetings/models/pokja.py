"""The standing list of the working group (Pokja PKP): decrees and the members they appoint.

A new decree replaces the one before by its first day. The earlier decrees keep their members, so it
stays known who was a member when; only a member recorded by mistake is taken off, which the history
of the decree tells.
"""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from areas.models.activity_event import differences
from kotaku.formats import format_date
from kotaku.models import Region
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.events import Event
from kotaku.workflow.versioned import Versioned
from meetings.models.person import PERSON_FIELDS, Person, listed_once

TWIN_DECREE = "SK dengan nomor ini sudah tercatat."
TWIN_MEMBER = "Anggota dengan nama (atau jabatan) dan instansi ini sudah ada di SK ini."


class OfRegion(models.QuerySet):
    """Rows of the working group are read by the staff of their region and kept by its Bappeda."""

    def visible_to(self, user):
        """Return the rows that this user may read."""
        if not (user.is_authenticated and user.is_staff_reader):
            return self.none()
        return self.filter(user.within(self.model.region_path))

    def editable_by(self, user):
        """Return the rows that this user may change."""
        return self.visible_to(user) if user.is_bappeda else self.none()


class PokjaDecreeQuerySet(OfRegion):
    """Decrees, of which the latest that has begun is in force."""

    def in_force(self, region, day=None):
        """Return the decree in force in a region on a day (today), None without one.

        A sample decree never stands before a real one.
        """
        day = day or timezone.localdate()
        begun = self.filter(region=region, valid_from__lte=day)
        latest = begun.order_by("is_sample", "-valid_from", "-pk").first()
        has_ended = latest and latest.valid_to and latest.valid_to < day
        return None if has_ended else latest


class PokjaDecree(Versioned):
    """A decree (SK) that appoints the members of the working group of a region."""

    region_path = "region"

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="pokja_decrees", verbose_name="wilayah"
    )
    number = models.CharField("nomor SK", max_length=80)
    decreed_on = models.DateField("tanggal SK")
    about = models.CharField("tentang", max_length=300)
    valid_from = models.DateField("berlaku mulai")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = PokjaDecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "SK Pokja"
        verbose_name_plural = "SK Pokja"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "region",
                Lower("number"),
                name="pokja_decree_once",
                violation_error_message=TWIN_DECREE,
            ),
            models.CheckConstraint(
                name="pokja_decree_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Masa berlaku berakhir sesudah dimulai.",
            ),
        ]

    def __str__(self):
        return f"SK {self.number}"

    def store(self, *, by, version: int, values: dict, copied_from=None) -> None:
        """Create or change the decree, with a line of history. Raises StaleRecord.

        A new decree begins with the present members of the decree `copied_from`, if any.
        """
        with transaction.atomic():
            before = self.facts() if self.pk else {}
            keys = {"region": self.region, "number__iexact": values["number"]}
            kind = PokjaEvent.Kind.CHANGE if self.pk else PokjaEvent.Kind.ADD
            _save(self, keys, by=by, version=version, values=values, twin=TWIN_DECREE)
            self.record(kind, by=by, changes=differences(before, self.facts()))
            if copied_from is not None and kind == PokjaEvent.Kind.ADD:
                self._copy_members(copied_from, by=by)

    def facts(self) -> dict[str, str]:
        """Return the stored values as label → text, for the history."""
        return {
            "nomor": self.number,
            "tanggal": format_date(self.decreed_on),
            "tentang": self.about,
            "berlaku mulai": format_date(self.valid_from),
            "berlaku sampai": format_date(self.valid_to) if self.valid_to else "",
        }

    def record(self, kind, *, by, changes, who="") -> None:
        """Write a line of history."""
        now = timezone.now()
        self.events.create(kind=kind, actor=by, at=now, who=who, changes=changes)

    def _copy_members(self, earlier, *, by) -> None:
        now = timezone.now()
        copies = [
            PokjaMember(
                decree=self,
                changed_by=by,
                changed_at=now,
                **{name: getattr(each, name) for name in MEMBER_FIELDS},
            )
            for each in earlier.members.serving().order_by("pk")
        ]
        PokjaMember.objects.bulk_create(copies)
        said = ["anggota disalin", "", f"{len(copies)} orang dari {earlier}"]
        self.record(PokjaEvent.Kind.COPY, by=by, changes=[said])


class PokjaMemberQuerySet(OfRegion):
    """Members, who serve as long as their decree says or until they leave."""

    def serving(self, day=None):
        """Return the members who have not left by a day (today)."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class PokjaMember(Person, Versioned):
    """A member of the working group under one decree, by name, or by position if it names none."""

    region_path = "decree__region"

    class Role(models.TextChoices):
        """The place in the group, highest first."""

        ADVISOR = "pengarah", "Pengarah/pembina"
        CHAIR = "ketua", "Ketua"
        VICE = "wakil", "Wakil ketua"
        SECRETARY = "sekretaris", "Sekretaris"
        SECTION = "bidang", "Koordinator bidang"
        MEMBER = "anggota", "Anggota"

    decree = models.ForeignKey(
        PokjaDecree, on_delete=models.PROTECT, related_name="members", verbose_name="SK"
    )
    role = models.CharField("kedudukan", max_length=12, choices=Role, default=Role.MEMBER)
    section = models.CharField("bidang", max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pokja_memberships",
        verbose_name="akun",
    )
    valid_until = models.DateField("anggota sampai", null=True, blank=True)

    objects = PokjaMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota Pokja"
        verbose_name_plural = "anggota Pokja"
        ordering = ["decree", "pk"]
        constraints = listed_once(
            "pokja_member", "decree", called="anggota", twins=(TWIN_MEMBER, TWIN_MEMBER)
        )

    @property
    def role_text(self) -> str:
        """The place in the group, with the section if there is one."""
        return ", ".join(filter(None, [self.get_role_display(), self.section]))

    def store(self, *, by, version: int, values: dict) -> None:
        """Create or change the member, with a line of the decree's history. Raises StaleRecord."""
        with transaction.atomic():
            before = self.facts() if self.pk else {}
            contacts = (self.phone, self.email)
            kind = PokjaEvent.Kind.MEMBER_CHANGE if self.pk else PokjaEvent.Kind.MEMBER_ADD
            key = "name" if values["name"] else "position"
            keys = {
                "decree": self.decree,
                "name__iexact": values["name"],
                f"{key}__iexact": values[key],
                "organisation__iexact": values["organisation"],
            }
            _save(self, keys, by=by, version=version, values=values, twin=TWIN_MEMBER)
            changes = differences(before, self.facts())
            if before and contacts != (self.phone, self.email):
                changes.append(["kontak", "", "diubah"])
            self.decree.record(kind, by=by, changes=changes, who=self.display_name)

    def remove(self, *, by, version: int) -> None:
        """Take a member who was recorded by mistake off the decree; the history says who it was.

        Participants who were picked from the list stay. Raises StaleRecord.
        """
        known, rows = self.facts(), PokjaMember.objects.filter(pk=self.pk)
        with transaction.atomic():
            gone, _ = rows.filter(version=version).delete()
            if not gone and (now := rows.first()):
                raise StaleRecord(now)
            if gone:
                kind, changes = PokjaEvent.Kind.MEMBER_REMOVE, differences(known, {})
                self.decree.record(kind, by=by, changes=changes, who=self.display_name)

    def facts(self) -> dict[str, str]:
        """Return the stored values as label → text, for the history, which keeps no contacts."""
        return {
            "kedudukan": self.role_text,
            "nama": self.name,
            "jabatan": self.position,
            "instansi": self.organisation,
            "unsur": self.get_unsur_display(),
            "L/P": self.sex,
            "akun": str(self.user) if self.user else "",
            "anggota sampai": format_date(self.valid_until) if self.valid_until else "",
        }


# What a member takes along into the list of a new decree.
MEMBER_FIELDS = (*PERSON_FIELDS, "role", "section", "user", "valid_until")


class PokjaEvent(Event):
    """A change of a decree or of one of its members: who, when, before and after.

    The names of people stay in it, their contacts never come into it.
    """

    class Kind(models.TextChoices):
        """What was done."""

        ADD = "add", "SK Pokja: mencatat"
        CHANGE = "change", "SK Pokja: mengubah"
        COPY = "copy", "SK Pokja: menyalin anggota"
        IMPORT = "import", "Anggota Pokja: mengimpor"
        MEMBER_ADD = "member_add", "Anggota Pokja: menambah"
        MEMBER_CHANGE = "member_change", "Anggota Pokja: mengubah"
        MEMBER_REMOVE = "member_remove", "Anggota Pokja: menghapus"

    decree = models.ForeignKey(
        PokjaDecree, on_delete=models.PROTECT, related_name="events", verbose_name="SK"
    )
    kind = models.CharField("peristiwa", max_length=14, choices=Kind)
    who = models.CharField("anggota", max_length=160, blank=True)
    changes = models.JSONField("perubahan", default=list, blank=True)

    class Meta(Event.Meta):
        verbose_name = "riwayat SK Pokja"
        verbose_name_plural = "riwayat SK Pokja"

    def __str__(self):
        return f"{self.get_kind_display()}, {self.decree}"


def _save(row, keys, *, by, version, values, twin) -> None:
    """Create or change a row. Raises StaleRecord, TransitionNotAllowed for a twin of another row."""
    if not row.pk:
        row.create(values, by=by, **keys)
        return
    try:
        with transaction.atomic():
            row.change(by=by, version=version, **values)
    except IntegrityError:
        raise TransitionNotAllowed(twin) from None
