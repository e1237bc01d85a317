"""Contacts of accounts: who has some, and their removal."""

from django.db import transaction

from kotaku.accounts import notices
from kotaku.audit import trail
from kotaku.contributions import ContactHolder, ContactSource
from kotaku.interface.search import MAX_HITS, containing
from kotaku.models import User

_STAYS = "Nama, jabatan, dan akunnya tetap ada, dan ia tetap dapat masuk."


def _removable_by(user):
    """Return the accounts of the user's region; those of admins for admins only."""
    mine = User.objects.filter(user.within(User.region_path))
    return mine if user.is_superuser else mine.filter(is_superuser=False)


def find(words, user) -> list[ContactHolder]:
    """Return the accounts with contacts in whose name, user name or position all words occur."""
    found = _removable_by(user).exclude(phone="", email="")
    named = found.filter(containing(words, "full_name", "username", "position"))
    return [_holder(account) for account in named.order_by("full_name", "pk")[:MAX_HITS]]


def get(pk: int, user) -> ContactHolder | None:
    """Return one account, None if it is not this user's to change."""
    account = _removable_by(user).filter(pk=pk).first()
    return _holder(account) if account else None


def _holder(account):
    role = "Admin" if account.is_superuser else account.get_role_display()
    return ContactHolder(
        kind="akun",
        pk=account.pk,
        name=str(account),
        what=", ".join(filter(None, [f"Akun {account.username}", account.position or role])),
        kept=_kept(account),
        stays=_STAYS,
        remove=lambda request: _remove(request, account),
    )


def _kept(account) -> str:
    names = notices.CONTACTS.items()
    return ", ".join(words for name, words in names if getattr(account, name))


@transaction.atomic
def _remove(request, account) -> None:
    # Its values of now, which its person may just have changed.
    row = User.objects.select_for_update().get(pk=account.pk)
    removed, address = _kept(row), row.email
    if removed:
        row.phone = row.email = ""
        row.save(update_fields=["phone", "email"])
        notices.tell(trail.Kind.CONTACT_REMOVED, request, [row], text=removed, address=address)


SOURCE = ContactSource("akun", find, get)
