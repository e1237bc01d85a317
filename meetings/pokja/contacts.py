"""Contacts of members of the working group: their removal on request and after their term."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kotaku.audit import trail
from kotaku.contributions import ContactHolder, ContactSource, Term
from kotaku.interface.search import MAX_HITS, containing
from meetings.models import PokjaDecree, PokjaMember

FORMER_DAYS = 365
_STAYS = "Nama, jabatan, instansi, dan kedudukannya di daftar anggota Pokja tetap ada."
_CONTACTS = {"email": "email", "phone": "nomor HP"}
# Rows read for one search; the same person is in several decrees.
_MOST_ROWS = 500


def _people(user):
    return PokjaMember.objects.editable_by(user).exclude(phone="", email="")


def find(words, user) -> list[ContactHolder]:
    """Return the members with contacts in whose name, position or organisation all words occur."""
    named = _people(user).filter(containing(words, "name", "position", "organisation"))
    groups: dict[tuple, list[PokjaMember]] = {}
    for row in named.order_by("name", "position", "-pk")[:_MOST_ROWS]:
        key = (row.display_name.casefold(), row.organisation.casefold())
        groups.setdefault(key, []).append(row)
    return [_holder(rows[0], rows) for rows in list(groups.values())[:MAX_HITS]]


def get(pk: int, user) -> ContactHolder | None:
    """Return the person of this row with all their rows, None if it is not this user's to change."""
    row = PokjaMember.objects.editable_by(user).filter(pk=pk).first()
    return _holder(row, list(_rows_of(row, user))) if row else None


def _rows_of(row, user):
    same = {"name__iexact": row.name, "organisation__iexact": row.organisation}
    if not row.name:
        same["position__iexact"] = row.position
    return _people(user).filter(**same)


def _holder(row, rows):
    kept = [words for name, words in _CONTACTS.items() if any(getattr(each, name) for each in rows)]
    position = row.position if row.name else ""
    return ContactHolder(
        kind="pokja",
        pk=row.pk,
        name=row.display_name,
        what=", ".join(filter(None, ["Anggota Pokja", position, row.organisation])),
        kept=", ".join(kept),
        stays=_STAYS,
        remove=lambda request: _remove(request, row),
    )


@transaction.atomic
def _remove(request, row) -> None:
    """Empty the contacts under all decrees; forms opened before are outdated then."""
    rows = _rows_of(row, request.user)
    person = _holder(row, list(rows))
    signed = {"changed_by": request.user, "changed_at": timezone.now()}
    if rows.update(phone="", email="", version=F("version") + 1, **signed):
        text = f"{person.name}, {person.what}: {person.kept}"
        trail.record(trail.Kind.CONTACT_REMOVED, request, text=text)


SOURCE = ContactSource("pokja", find, get)


def terms() -> list[Term]:
    """Return the term of contacts of former members."""
    return [
        Term(
            "contacts of former members of the working group",
            "Nomor HP dan email bekas anggota Pokja",
            f"{FORMER_DAYS} hari sesudah keanggotaannya berakhir",
            _forget_former,
        )
    ]


def _forget_former(now) -> int:
    """Empty the contacts of members who left, or whose decree ended or was replaced, long ago."""
    day = timezone.localdate(now) - timedelta(days=FORMER_DAYS)
    later = PokjaDecree.objects.filter(
        region=OuterRef("decree__region"),
        is_sample=OuterRef("decree__is_sample"),
        valid_from__gt=OuterRef("decree__valid_from"),
        valid_from__lt=day,
    )
    former = Q(valid_until__lt=day) | Q(decree__valid_to__lt=day) | Q(Exists(later))
    known = PokjaMember.objects.filter(former).exclude(phone="", email="").values("pk")
    rows = PokjaMember.objects.filter(pk__in=list(known.values_list("pk", flat=True)))
    return rows.update(phone="", email="", version=F("version") + 1)
