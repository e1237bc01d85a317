"""Where a list of people goes: the participants of a meeting, or the members under a decree."""

from django import forms
from django.db import IntegrityError, transaction
from django.urls import reverse

from areas.importing.column_words import Vocabulary
from kotaku.limits import MAX_PARTICIPANTS
from kotaku.workflow import TransitionNotAllowed
from meetings.models import MeetingState, PokjaDecree, PokjaEvent, PokjaMember
from meetings.people_import.columns import MEMBERS, PARTICIPANTS
from meetings.planning import store
from meetings.planning.row_forms import ParticipantRowForm

ADDED_MEANWHILE = (
    "Ada orang dari daftar ini yang baru saja ditambahkan orang lain. Periksa lagi pratinjaunya."
)
CLOSED = "Notulennya sudah diajukan atau disahkan, jadi daftar peserta tidak diubah lagi."
CANCELLED = (
    "Rapat ini sudah dibatalkan, jadi tidak ada peserta yang ditambahkan. Buka kembali rapatnya, lalu "
    "tambahkan lagi."
)
DISCARDED = (
    "Draf rapat ini sudah dibuang, jadi tidak ada peserta yang ditambahkan. Minta admin memulihkan "
    "drafnya, lalu tambahkan lagi."
)
_KEYS = ("name", "position", "organisation")


def identity(name: str, position: str, organisation: str) -> tuple:
    """Return what must be unique in a list, as in its constraints."""
    return (bool(name), (name or position).casefold(), organisation.casefold())


class MemberRowForm(ParticipantRowForm):
    """A member of the working group as one row of a list."""

    class Meta(ParticipantRowForm.Meta):
        model = PokjaMember
        fields = ["role", "section", *ParticipantRowForm.Meta.fields]

    role = forms.ChoiceField(label="Kedudukan", choices=PokjaMember.Role)


class Participants:
    """The participants of a meeting."""

    what, title, name = "peserta", "Impor peserta", "participant-import"
    known: Vocabulary = PARTICIPANTS
    row_form = ParticipantRowForm
    blank = {}

    def __init__(self, meeting):
        self.row = self.meeting = meeting
        self.most = MAX_PARTICIPANTS
        self.closed = _why_closed(meeting)

    @property
    def is_sample(self) -> bool:
        """Whether the meeting is invented."""
        return bool(self.meeting.programme and self.meeting.programme.is_sample)

    @property
    def back(self) -> str:
        """The address of the page with the list; a discarded meeting has none."""
        if self.meeting.state == MeetingState.DISCARDED:
            return reverse("meetings:meeting-list")
        return reverse("meetings:meeting-detail", args=[self.meeting.pk])

    def address(self, name="") -> str:
        """Return the address of the import, or of one of its parts."""
        return reverse(f"meetings:{name or self.name}", args=[self.meeting.pk])

    def there(self) -> set[tuple]:
        """Return the people who are on the list."""
        return {identity(*row) for row in self.meeting.participants.values_list(*_KEYS)}

    def add(self, rows, *, by, version: int) -> None:
        """Add the rows, all or none. Raises StaleRecord or TransitionNotAllowed."""
        store.add_participants(self.meeting, rows, by=by, version=version)


def _why_closed(meeting) -> str:
    """Return why no participants are added to the meeting now, "" if they are."""
    if meeting.state == MeetingState.DISCARDED:
        return DISCARDED
    if meeting.state == MeetingState.CANCELLED:
        return CANCELLED
    return "" if meeting.minutes.is_editable else CLOSED


class Members:
    """The members under a decree."""

    what, title, name = "anggota", "Impor anggota Pokja", "pokja-import"
    known: Vocabulary = MEMBERS
    row_form = MemberRowForm
    blank = {"role": PokjaMember.Role.MEMBER}
    closed = ""

    def __init__(self, decree: PokjaDecree):
        self.row = self.decree = decree
        self.most = MAX_PARTICIPANTS

    @property
    def is_sample(self) -> bool:
        """Whether the decree is invented."""
        return self.decree.is_sample

    @property
    def back(self) -> str:
        """The address of the page with the list."""
        return reverse("meetings:pokja-decree", args=[self.decree.pk])

    def address(self, name="") -> str:
        """Return the address of the import, or of one of its parts."""
        return reverse(f"meetings:{name or self.name}", args=[self.decree.pk])

    def there(self) -> set[tuple]:
        """Return the people who are on the list."""
        return {identity(*row) for row in self.decree.members.values_list(*_KEYS)}

    def add(self, rows, *, by, version: int) -> None:
        """Add the rows, all or none. Raises StaleRecord or TransitionNotAllowed."""
        with transaction.atomic():
            self.decree.change(by=by, version=version)
            signed = {"decree": self.decree, "changed_by": by, "changed_at": self.decree.changed_at}
            try:
                with transaction.atomic():
                    PokjaMember.objects.bulk_create(PokjaMember(**signed, **row) for row in rows)
            except IntegrityError:
                raise TransitionNotAllowed(ADDED_MEANWHILE) from None
            people = ", ".join(row["name"] or row["position"] for row in rows)
            said = [f"{len(rows)} orang", "", people]
            self.decree.record(PokjaEvent.Kind.IMPORT, by=by, changes=[said])
