"""Contacts of participants, their removal, and how long notes about reminders are kept."""

from datetime import timedelta

from django.db import transaction

from kotaku.audit import trail
from kotaku.contributions import ContactHolder, ContactSource, Term
from kotaku.interface.search import MAX_HITS, containing
from meetings.models import Delivery, FollowUpReminder, Meeting, Participant, Reply, SentReminder

REMINDER_DAYS = 30
# As long as somebody may ask whether an invitation arrived, and where.
DELIVERY_DAYS = 365
_STAYS = (
    "Nama, jabatan, instansi, dan kehadirannya di undangan, daftar hadir, dan notulen tetap ada."
)
_ACCOUNT = "Kontak di akunnya juga tetap; hapus itu lewat akunnya, di daftar yang sama."
_CONTACTS = {"email": "email", "phone": "nomor HP"}
# Rows read for one search; the same person is in many meetings.
_MOST_ROWS = 500


def _people(user):
    meetings = Meeting.objects.of_office(user).values("pk")
    return Participant.objects.filter(meeting__in=meetings).select_related("user")


def find(words, user) -> list[ContactHolder]:
    """Return the participants with contacts in whose name, position or organisation all words occur.

    Rows of several meetings with the same name and organisation are one person.
    """
    found = _people(user).exclude(phone="", email="")
    named = found.filter(containing(words, "name", "position", "organisation"))
    groups: dict[tuple, list[Participant]] = {}
    for row in named.order_by("name", "position", "-pk")[:_MOST_ROWS]:
        key = (row.display_name.casefold(), row.organisation.casefold())
        groups.setdefault(key, []).append(row)
    return [_holder(rows[0], rows) for rows in list(groups.values())[:MAX_HITS]]


def get(pk: int, user) -> ContactHolder | None:
    """Return the person of this row with all their rows, None if it is not this user's to change."""
    row = _people(user).filter(pk=pk).first()
    return _holder(row, list(_rows_of(row, user))) if row else None


def _rows_of(row, user):
    same = {"name__iexact": row.name, "organisation__iexact": row.organisation}
    if not row.name:
        same["position__iexact"] = row.position
    return _people(user).filter(**same).exclude(phone="", email="")


def _holder(row, rows):
    kept = [words for name, words in _CONTACTS.items() if any(getattr(each, name) for each in rows)]
    position = row.position if row.name else ""
    accounts = [each.user for each in rows if each.user]
    has_own = any(account.email or account.phone for account in accounts)
    return ContactHolder(
        kind="peserta",
        pk=row.pk,
        name=row.display_name,
        what=", ".join(filter(None, [f"Peserta {len(rows)} rapat", position, row.organisation])),
        kept=", ".join(kept),
        stays=f"{_STAYS} {_ACCOUNT}" if has_own else _STAYS,
        remove=lambda request: _remove(request, row),
    )


@transaction.atomic
def _remove(request, row) -> None:
    """Empty the contacts in all meetings; forms opened before are outdated then."""
    rows = _rows_of(row, request.user)
    keys = rows.values("meeting")
    locked = list(Meeting.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    person = _holder(row, list(rows))
    for meeting in locked:
        people = rows.filter(meeting=meeting)
        Delivery.forget_addresses(Delivery.objects.filter(participant__in=people.values("pk")))
        Reply.forget_names(Reply.objects.filter(participant__in=people.values("pk")))
        people.update(phone="", email="")
        meeting.change(by=request.user, version=meeting.version)
    if locked:
        text = f"{person.name}, {person.what}: {person.kept}"
        trail.record(trail.Kind.CONTACT_REMOVED, request, text=text)


SOURCE = ContactSource("peserta", find, get)


def terms() -> list[Term]:
    """Return the terms of notes about reminders and of addresses to which mail was sent."""
    days, delivered = timedelta(days=REMINDER_DAYS), timedelta(days=DELIVERY_DAYS)
    return [
        Term(
            "notes about sent reminders",
            "Catatan bahwa pengingat harian sudah dikirim kepada Anda",
            f"{REMINDER_DAYS} hari",
            lambda now: SentReminder.objects.filter(day__lt=(now - days).date()).delete()[0],
        ),
        Term(
            "notes about sent reminders of follow-ups",
            "Catatan pengingat tindak lanjut mana yang sudah dikirim kepada Anda",
            f"{REMINDER_DAYS} hari",
            lambda now: FollowUpReminder.objects.filter(day__lt=(now - days).date()).delete()[0],
        ),
        Term(
            "addresses of mail about meetings",
            "Alamat email tujuan undangan dan notulen",
            f"{DELIVERY_DAYS} hari",
            lambda now: Delivery.forget_addresses(Delivery.objects.filter(at__lt=now - delivered)),
        ),
        Term(
            "names typed in answers to invitations",
            "Nama wakil yang ditulis dalam jawaban undangan",
            f"{DELIVERY_DAYS} hari",
            lambda now: Reply.forget_names(Reply.objects.filter(at__lt=now - delivered)),
        ),
    ]
