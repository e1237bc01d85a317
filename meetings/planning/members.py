"""Members of the working group as participants of a meeting: all, by group, or single ones."""

from dataclasses import dataclass

from kotaku.regions.home import working_region
from meetings.models import PokjaDecree, PokjaMember, Unsur
from meetings.models.person import PERSON_FIELDS
from meetings.planning.row_sources import BLANK, without_known

ALL, GROUP, TICKED = "peserta-pokja-semua", "peserta-pokja-kelompok", "peserta-pokja"
ROLES = list(PokjaMember.Role.values)


@dataclass(frozen=True)
class Choice:
    """A member that is not on the list yet: key in the form, text, note, and the row."""

    key: str
    text: str
    note: str
    row: dict


class MembersOnOffer:
    """The members of the decree in force in a meeting's region on its day, read once."""

    def __init__(self, meeting, user, day=None):
        region = meeting.region if meeting.pk else working_region(user)
        decrees = PokjaDecree.objects.editable_by(user)
        self.decree = decrees.in_force(region, day) if region else None
        of_region = decrees.filter(region=region)
        self.has_lapsed = self.decree is None and of_region.exists()
        found = self.decree.members.serving(day) if self.decree else ()
        # As the decree lists them.
        self._members = sorted(found, key=lambda each: (ROLES.index(each.role), each.pk))

    @property
    def number(self) -> int:
        """How many members serve on that day."""
        return len(self._members)

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the groups that a button takes: (kind, [(value, label)])."""
        places = {each.role for each in self._members}
        groups = {each.unsur for each in self._members}
        roles = [(f"k-{key}", label) for key, label in PokjaMember.Role.choices if key in places]
        unsur = [(f"u-{key}", label) for key, label in Unsur.choices if key in groups]
        sections = sorted({each.section for each in self._members if each.section})
        of_section = [(f"b-{name}", name) for name in sections]
        found = [("Kedudukan", roles), ("Unsur", unsur), ("Bidang", of_section)]
        return [(label, choices) for label, choices in found if choices]

    def missing(self, rows) -> list[Choice]:
        """Return the members that are not among these rows yet."""
        known = without_known([_row(each) for each in self._members], rows)
        new = {(row["name"], row["position"], row["organisation"]) for row in known}
        return [
            Choice(str(each.pk), each.display_name, _note(each), _row(each))
            for each in self._members
            if (each.name, each.position, each.organisation) in new
        ]

    def rows(self, action: str, data) -> list[dict]:
        """Return the rows of the members that a button takes, and of those that are ticked."""
        chosen = set(data.getlist("pokja"))
        group = data.get("pokja_kelompok", "") if action == GROUP else ""
        return [
            _row(each)
            for each in self._members
            if action == ALL or str(each.pk) in chosen or (group and group in _groups_of(each))
        ]


def _groups_of(member) -> set[str]:
    return {f"k-{member.role}", f"u-{member.unsur}", f"b-{member.section}"}


def _note(member) -> str:
    position = member.position if member.name else ""
    return ", ".join(filter(None, [position, member.organisation, member.role_text]))


def _row(member) -> dict:
    copied = {name: getattr(member, name) for name in PERSON_FIELDS}
    return {**BLANK["peserta"], **copied, "user": member.user_id or ""}
