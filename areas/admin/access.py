"""Describe the access of an account before and after a change, for the audit log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kotaku.audit import trail
from kotaku.models import User

FIELDS = ("role", "is_active", "is_staff", "is_superuser", "must_use_two_factor")


def access_of(user) -> dict[str, str]:
    """Return label → value for everything that decides this user's access."""
    access = {}
    for name in FIELDS:
        value = getattr(user, name)
        display = getattr(user, f"get_{name}_display", None)
        text = display() if display else ("ya" if value else "tidak")
        access[str(user._meta.get_field(name).verbose_name)] = text
    access["wilayah"] = str(user.region) if user.region else "semua"
    villages = sorted(village.full_name for village in user.villages.all())
    return access | {"desa/kelurahan": ", ".join(villages) or "–"}


def changes_between(before: dict[str, str], after: dict[str, str]) -> str:
    """Return `peran: Pengamat → Bappeda; …`, or "" if nothing changed."""
    return "; ".join(
        f"{label}: {before[label]} → {value}" if label in before else f"{label}: {value}"
        for label, value in after.items()
        if before.get(label) != value
    )


@contextmanager
def access_on_record(request, people: Iterable[int]) -> Iterator[None]:
    """Write an audit line for each of these users whose access the block changes."""
    keys = set(people)
    before = _access_by_person(keys)
    yield
    for user, access in _access_by_person(keys).items():
        changes = changes_between(before[user], access)
        if changes:
            trail.record(trail.Kind.ACCESS_CHANGED, request, subject=user, text=changes)


def _access_by_person(keys) -> dict[User, dict[str, str]]:
    people = User.objects.filter(pk__in=keys).select_related("region")
    return {user: access_of(user) for user in people.prefetch_related("villages").order_by("pk")}
