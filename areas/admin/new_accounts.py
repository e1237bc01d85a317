"""Which villages of a period have an account, which get one, and under which user name."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_variables

from areas.models import Programme, Village
from kotaku.accounts.passphrases import new_passphrase
from kotaku.admin_site import shown
from kotaku.admin_site.regional_admin import own
from kotaku.interface.moments import day_text
from kotaku.models import Role, User

# Accounts at once. Hashing a password takes about a tenth of a second, on purpose.
MOST = 100


@dataclass(frozen=True)
class NewAccount:
    """A village without an active account, and the user name that its account will have."""

    village: Village
    username: str


@dataclass(frozen=True)
class Present:
    """A village with active accounts, which are left alone; `last` is text."""

    village: Village
    accounts: list[tuple[User, str]]


@dataclass(frozen=True)
class Plan:
    """What a period needs: new accounts (at most MOST at once), present ones, never used ones.

    `left` is the number of villages that wait for the next go.
    """

    new: list[NewAccount]
    present: list[Present]
    unused: list[User]
    left: int


def plan_of(programme: Programme, admin: User) -> Plan:
    """Return the plan for the villages with a baseline in this period, by name."""
    villages = Village.objects.filter(baselines__programme=programme).distinct()
    villages = villages.select_related("district__region").order_by("name", "code")
    people: dict[int, list[User]] = {}
    officers = User.objects.filter(is_active=True, villages__in=villages)
    for user in officers.distinct().order_by("username").prefetch_related("villages"):
        for village in user.villages.all():
            people.setdefault(village.pk, []).append(user)
    without = [village for village in villages if village.pk not in people]
    present = [
        Present(village, [(user, _last(user)) for user in people[village.pk]])
        for village in villages
        if village.pk in people
    ]
    mine = set(
        own(User.objects.all(), admin).filter(villages__in=villages).values_list("pk", flat=True)
    )
    known = {user.pk: user for users in people.values() for user in users}
    unused = [user for user in known.values() if user.pk in mine and _is_unused(user, admin)]
    unused.sort(key=lambda user: user.username)
    return Plan(_named(without[:MOST]), present, unused[:MOST], max(0, len(without) - MOST))


def marks_of(plan: Plan) -> dict:
    """Return digests of the two lists that a page shows."""
    return {
        "new": shown.mark([(each.village.pk, each.username) for each in plan.new]),
        "unused": shown.mark([(user.pk, user.password) for user in plan.unused]),
    }


@sensitive_variables()
def create_accounts(programme, admin, was) -> list[tuple[User, str]] | None:
    """Create the accounts of the list that the page showed; return each with its passphrase.

    None if the list has changed since, so a second click creates nothing. The passphrases are
    not stored: the caller shows them once.
    """
    # Hashed before the transaction, in which others wait.
    secrets = _hashed(len(plan_of(programme, admin).new))
    with transaction.atomic():
        plan = _locked_plan(programme, admin, was, "new")
        if plan is None or len(plan.new) != len(secrets):
            return None
        return [
            (_create(each, hashed), passphrase)
            for each, (passphrase, hashed) in zip(plan.new, secrets, strict=True)
        ]


@sensitive_variables()
def renew_passphrases(programme, admin, was) -> list[tuple[User, str]] | None:
    """Give the listed accounts that were never used new passphrases; otherwise the same."""
    secrets = _hashed(len(plan_of(programme, admin).unused))
    with transaction.atomic():
        plan = _locked_plan(programme, admin, was, "unused")
        if plan is None or len(plan.unused) != len(secrets):
            return None
        made = []
        for user, (passphrase, hashed) in zip(plan.unused, secrets, strict=True):
            user.password, user.password_given_at = hashed, timezone.now()
            user.save(update_fields=["password", "password_given_at"])
            made.append((user, passphrase))
        return made


def _locked_plan(programme, admin, was, part) -> Plan | None:
    """Return the plan of now, locked, if this part of it is still as shown and not empty."""
    # Two clicks wait for each other here.
    list(Programme.objects.filter(pk=programme.pk).select_for_update(no_key=True).values_list("pk"))
    plan = plan_of(programme, admin)
    is_same = was is not None and was.get(part) == marks_of(plan)[part]
    return plan if is_same and getattr(plan, part) else None


def _hashed(count: int) -> list[tuple[str, str]]:
    passphrases = [new_passphrase() for _ in range(count)]
    return [(passphrase, make_password(passphrase)) for passphrase in passphrases]


def _create(new: NewAccount, hashed: str) -> User:
    village = new.village
    head = "Kepala Desa" if village.kind == Village.Kind.DESA else "Lurah"
    user = User(
        username=new.username,
        full_name=f"Petugas {village.full_name}",
        position=f"{head} {village.name}",
        role=Role.VILLAGE_OFFICER,
        region=village.district.region,
        password=hashed,
        must_change_password=True,
        password_given_at=timezone.now(),
    )
    user.save()
    village.officers.add(user)
    return user


def _named(villages) -> list[NewAccount]:
    """Propose an unused user name for each village: `desa-balokang`.

    A name that is taken gets the kecamatan, then a number.
    """
    names = {village.pk: slugify(village.full_name) for village in villages}
    begun = tuple(names.values())
    taken = set()
    for name in begun:
        taken |= set(
            User.objects.filter(username__startswith=name).values_list("username", flat=True)
        )
    found = []
    for village in villages:
        short = names[village.pk]
        longer = f"{short}-{slugify(village.district.name)}"
        numbered = (f"{longer}-{number}" for number in range(2, len(taken) + len(villages) + 3))
        name = next(name for name in (short, longer, *numbered) if name not in taken)
        taken.add(name)
        found.append(NewAccount(village, name))
    return found


def _is_unused(user: User, admin: User) -> bool:
    """Whether this officer's account was never used to sign in."""
    is_officer = user.role == Role.VILLAGE_OFFICER and not user.is_superuser
    never = user.last_login is None and user.must_change_password
    return is_officer and never and user.has_usable_password() and user.pk != admin.pk


def _last(user: User) -> str:
    return (
        f"masuk terakhir {day_text(user.last_login)}" if user.last_login else "belum pernah masuk"
    )
