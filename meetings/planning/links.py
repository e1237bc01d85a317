"""The hidden account and village of a participant's row, which belong to a name and organisation.

Whoever types another name or organisation into the row means another person: the account of the
first one would get the mail, and see the meeting.
"""

from areas.models import Village
from kotaku.models import User
from meetings.models import Participant, PokjaMember


class Links:
    """What the rows of a form keep of their accounts and villages."""

    def __init__(self, meeting, rows, villages_by_name):
        self._stored = {person.pk: person for person in meeting.participants.all()}
        self._by_name = villages_by_name
        accounts = {row["user"] for row in rows if row["user"]}
        self._accounts = _known_accounts(accounts)
        posted = {row["village"] for row in rows if row["village"]}
        self._villages = _known_villages(meeting, posted, self._stored.values())

    def user_of(self, row) -> int | None:
        """Return the account that the row keeps."""
        stored = self._stored.get(row["pk"])
        if stored is not None:
            return stored.user_id if _is_same(stored, row) else None
        is_known = _key(row["name"], row["organisation"]) in self._accounts.get(row["user"], ())
        return row["user"] if is_known else None

    def village_of(self, row) -> int | None:
        """Return the village that the row keeps, else the one that the organisation names."""
        stored = self._stored.get(row["pk"])
        organisation = row["organisation"].casefold()
        is_kept = row["village"] in self._villages and (
            _is_same(stored, row)
            if stored is not None
            else organisation in self._villages[row["village"]]
        )
        return row["village"] if is_kept else self._by_name.get(organisation)

    def loses_account(self, row) -> bool:
        """Whether a stored row has an account that it does not keep."""
        stored = self._stored.get(row["pk"])
        return stored is not None and stored.user_id is not None and not self.user_of(row)


def _key(name, organisation):
    return name.casefold(), organisation.casefold()


def _is_same(person, row):
    return _key(person.name, person.organisation) == _key(row["name"], row["organisation"])


def _known_accounts(keys) -> dict[int, set[tuple[str, str]]]:
    """Return account → the names and organisations under which it is offered, member or invited."""
    found: dict[int, set[tuple[str, str]]] = {}
    for user in User.objects.filter(pk__in=keys).prefetch_related("villages"):
        offices = [village.full_name for village in user.villages.all()]
        found[user.pk] = {_key(user.full_name, office) for office in offices}
    names = ("user", "name", "organisation")
    earlier = Participant.objects.filter(user__in=keys).order_by().values_list(*names)
    members = PokjaMember.objects.filter(user__in=keys).order_by().values_list(*names)
    for key, name, organisation in earlier.union(members):
        found[key].add(_key(name, organisation))
    return found


def _known_villages(meeting, keys, people) -> dict[int, set[str]]:
    """Return village → organisations that stand for it; only the region's, or the meeting's own."""
    own = {person.village_id for person in people}
    mine = Village.objects.filter(pk__in=keys)
    inside = set(Village.objects.inside(meeting.region).filter(pk__in=keys).values_list("pk"))
    found = {
        village.pk: {village.full_name.casefold()}
        for village in mine
        if (village.pk,) in inside or village.pk in own
    }
    earlier = Participant.objects.filter(village__in=found).order_by()
    for key, organisation in earlier.values_list("village", "organisation").distinct():
        found[key].add(organisation.casefold())
    return found
