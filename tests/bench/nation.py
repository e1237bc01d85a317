"""Villages, baselines, figures and their history by the hundred thousand, within a minute.

Every regency has a running period of its own, as it would have. Figures fall by a few percent a
year, some villages are cleared, and all are verified but the last year of the officers' villages,
who are to enter it.
"""

from datetime import UTC, datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from areas.models import Baseline, District, FigureEvent, Programme, Village, YearlyFigure
from areas.models.programme_year import rebuild
from areas.models.states import Status
from kotaku.models import Region, Role, User

FIRST_YEAR = 2016
OFFICERS = 4
IN_PROVINCE = 14
DISTRICTS = 4
BATCH = 5000
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)


def build(*, villages: int, regencies: int, years: int) -> dict:
    """Fill an empty, migrated database; return what the measurements need to know."""
    with transaction.atomic():
        enterer = User.objects.create(username="pengisi", role=Role.VILLAGE_OFFICER)
        verifier = User.objects.create(username="pemeriksa", role=Role.BAPPEDA)
        regions = _regions(regencies)
        _programmes(regions, years)
        _places(regions, villages)
        _baselines()
        officers, staff = _officers(), _staff()
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            _figures(year, enterer, verifier, is_last=year == FIRST_YEAR + years - 1)
        _events(verifier)
        rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    code = Village.objects.order_by("pk")[villages // 2].code
    home = regions[0].code if regencies == 1 else "ID"
    return {
        "code": code, "year": FIRST_YEAR + years - 1, "officers": officers, "home": home,
        "staff": staff,
    }  # fmt: skip


def _regions(count) -> list[Region]:
    """Return the kabupaten, in provinces of fourteen, in a nation."""
    Region.objects.create(code="ID", name="Indonesia", kind=Region.Kind.NATION)
    provinces = Region.objects.bulk_create(
        Region(code=str(n + 11), name=f"Provinsi {n + 1:02}", kind=Region.Kind.PROVINCE)
        for n in range(-(-count // IN_PROVINCE))
    )
    return Region.objects.bulk_create(
        Region(
            code=f"{provinces[n // IN_PROVINCE].code}.{n % IN_PROVINCE + 1:02}",
            name=f"Uji {n + 1:03}",
            kind=Region.Kind.REGENCY,
            parent=provinces[n // IN_PROVINCE],
        )
        for n in range(count)
    )


def _programmes(regions, years):
    Programme.objects.bulk_create(
        Programme(
            region=region, name="Periode uji beban", slug=f"uji-{region.code.replace('.', '-')}",
            baseline_year=FIRST_YEAR - 1, target_year=FIRST_YEAR + years + 3, target_ha=0,
            is_current=True, source="Dikarang.",
        )
        for region in regions
    )  # fmt: skip


def _places(regions, villages):
    districts = District.objects.bulk_create(
        District(code=f"{region.code}.{n + 1:02}", name=f"Kecamatan {n + 1:02}", region=region)
        for region in regions
        for n in range(DISTRICTS)
    )
    count = len(districts)
    Village.objects.bulk_create(
        (
            Village(
                code=f"{districts[n % count].code}.{n // count + 1001}",
                name=f"Sukamaju {n + 1:05}",
                kind=Village.Kind.KELURAHAN if n % 3 == 0 else Village.Kind.DESA,
                district=districts[n % count],
                latitude=Decimal(-7) + Decimal(n % 97) / 400,
                longitude=Decimal(108) + Decimal(n % 89) / 300,
            )
            for n in range(villages)
        ),
        batch_size=BATCH,
    )


def _baselines():
    programmes = dict(Programme.objects.values_list("region", "pk"))
    villages = Village.objects.order_by("pk").values_list("pk", "district__region")
    Baseline.objects.bulk_create(
        (
            Baseline(
                programme_id=programmes[region],
                village_id=pk,
                area_ha=Decimal(100 + pk % 2900) / 100,
            )
            for pk, region in villages
        ),
        batch_size=BATCH,
    )


def _officers() -> list[dict]:
    """Return the villages whose last year is still to be entered, each with a session."""
    officers = []
    for number, village in enumerate(Village.objects.order_by("pk")[:OFFICERS]):
        user = User.objects.create(
            username=f"petugas-{number}", role=Role.VILLAGE_OFFICER, must_change_password=False
        )
        village.officers.add(user)
        officers.append(
            {
                "code": village.code,
                "cookie": _session(user),
                "csrf_cookie": settings.CSRF_COOKIE_NAME,
            }
        )
    return officers


def _staff() -> dict[str, str]:
    """Return the cookies of Bappeda and of an admin, each with a session."""
    bappeda = User.objects.create(username="bappeda", role=Role.BAPPEDA, must_change_password=False)
    admin = User.objects.create(
        username="admin", role=Role.BAPPEDA, must_change_password=False,
        is_superuser=True, is_staff=True,
    )  # fmt: skip
    return {"bappeda": _session(bappeda), "admin": _session(admin)}


def _session(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    # The one that knows accounts; the others only refuse.
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _figures(year, enterer, verifier, *, is_last):
    """Write a year's verified figures in one statement."""
    figure = YearlyFigure(
        year=year, status=Status.VERIFIED, entered_by=enterer, entered_at=MOMENT,
        submitted_by=enterer, submitted_at=MOMENT, verified_by=verifier, verified_at=MOMENT,
    )  # fmt: skip
    share = max(0, 100 - 7 * (year - FIRST_YEAR + 1))
    # Every 20th village is cleared in the middle of the way; the last year is the officers' own.
    cleared = f"MOD(id, 20) = 0 AND {year} >= {FIRST_YEAR + 5}"
    area = f"CASE WHEN {cleared} THEN 0 ELSE ROUND(area_ha * {share} / 100, 2) END"
    source = "areas_baseline"
    if is_last:
        source += " WHERE village_id NOT IN (SELECT o.village_id FROM areas_village_officers o)"
    _insert_from(figure, {"baseline": "id", "area_ha": area}, source)


def _events(verifier):
    event = FigureEvent(kind=FigureEvent.Kind.VERIFIED, actor=verifier, at=MOMENT)
    _insert_from(event, {"figure": "id", "after_ha": "area_ha"}, "areas_yearlyfigure")


def _insert_from(row, selected, source):
    """INSERT … SELECT a row's fields, some of them as SQL expressions over `source`."""
    columns, values, parameters = [], [], []
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(f'"{field.column}"')
        if field.name in selected:
            values.append(selected[field.name])
        else:
            # PostgreSQL wants to know the type; SQLite would make a number of a moment.
            kind = field.db_type(connection).partition("(")[0]
            values.append(f"CAST(%s AS {kind})" if connection.vendor == "postgresql" else "%s")
            value = getattr(row, field.attname)
            parameters.append(field.get_db_prep_save(value, connection))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM {source}",
            parameters,
        )
