"""Whom mail about minutes and follow-ups reaches: active accounts with an address."""

from django.db.models import Prefetch

from kotaku.models import Role, User


def reached():
    """Return the accounts that mail reaches."""
    return User.objects.filter(is_active=True).exclude(email="")


class Office:
    """The people of Bappeda whom mail reaches, read once."""

    def __init__(self):
        self._people = list(
            reached().filter(role=Role.BAPPEDA).select_related("region").order_by("username")
        )

    def of(self, region) -> list[User]:
        """Return those of a region's own office; those above it, where it has none.

        An account without a region is of the site's own office.
        """
        covering = [user for user in self._people if user.covers(region)]
        own = [user for user in covering if user.region_id in (region.pk, None)]
        return own or covering


def with_owners(follow_ups):
    """Load what `owners` needs."""
    return (
        follow_ups.loaded()
        .select_related("decision__meeting__region")
        .prefetch_related(Prefetch("village__officers", User.objects.order_by("pk")))
    )


def owners(follow_up) -> list[User]:
    """Return the responsible accounts whom mail reaches; `with_owners` loads them for many."""
    found = {}
    if user := follow_up.responsible_user:
        found[user.pk] = user
    if village := follow_up.village:
        found |= {each.pk: each for each in village.officers.all() if each.is_village_officer}
    return [each for each in found.values() if each.is_active and each.email]
