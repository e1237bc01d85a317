"""Who works in one city reaches nothing of another one: not through addresses, lists, forms or the admin.

The world of the permission table lies in Kota Banjar; everybody here is of Kota Tasikmalaya.
"""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from areas.figures import mail as figure_mail
from areas.importing.understanding import known_villages
from areas.models import ImportRun, Programme, Village
from kotaku.admin_site.regional_admin import RegionalAdmin
from kotaku.models import AuditEvent, Region, User
from meetings.models import Decision, Meeting
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    MeetingFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
    province,
)
from tests.security.rooms import POSTS, TABLE
from tests.security.writes import noted_writes
from tests.test_permissions import world  # noqa: F401

GONE = {302, 403, 404, 405}
# What everybody reads, whoever they are: these show verified figures, published reports, files.
PUBLIC = {name for name, row in TABLE.items() if row[2][0] == 200}
# Of nobody's region: one's own account and its calendar, and lists that begin empty.
OWN = {name for name, row in TABLE.items() if not row[1]}


@pytest.fixture
def tasikmalaya(db):
    return city("32.78", "Tasikmalaya")


def person(region, role):
    """Return somebody of a region: its reviewer, reader or admin."""
    traits = {"bappeda": {"bappeda": True}, "viewer": {}, "admin": {"admin": True}}[role]
    return UserFactory(region=region, username=f"tasik-{role}", **traits)


@pytest.mark.parametrize("role", ["bappeda", "viewer", "admin"])
def test_no_address_leads_to_another_city(world, client_of, tasikmalaya, role):  # noqa: F811
    client = client_of(person(tasikmalaya, role))
    found = []
    rows = [(name, *row) for table in (TABLE, POSTS) for name, row in table.items()]
    for name, method, what, _ in rows:
        if name in PUBLIC | OWN or what in ("token", "people", "list", "csv", "reset", "span"):
            continue
        arguments, query = world[what]
        address = reverse(name, args=arguments, query=query)
        with noted_writes() as writes:
            response = getattr(client, method)(address)
        if response.status_code not in GONE or writes:
            found.append((name, method, response.status_code, writes))
    assert found == []


@pytest.mark.parametrize("role", ["bappeda", "viewer", "admin"])
def test_public_pages_show_strangers_of_another_city_no_more_than_anybody(
    world,  # noqa: F811
    client_of,
    tasikmalaya,
    role,
):
    client = client_of(person(tasikmalaya, role))
    code = Village.objects.get(name="Balokang").code
    secrets = ("Catatan", "Diajukan", "foto.png", "Riwayat", "Rencana kerja kolaborasi", "BKM")
    anybody = text_of(client_of().get(f"/desa/{code}/?sementara=1&rencana=1"))
    theirs = text_of(client.get(f"/desa/{code}/?sementara=1&rencana=1"))
    for words in secrets:
        assert (words in theirs) == (words in anybody), words
    for address in ("/?wilayah=32.79&sementara=1", "/desa/?wilayah=32.79&sementara=1"):
        assert "Termasuk angka sementara" not in text_of(client.get(address))


@pytest.mark.parametrize("role", ["bappeda", "viewer"])
def test_lists_and_search_hold_the_own_region(world, client_of, tasikmalaya, role):  # noqa: F811
    client = client_of(person(tasikmalaya, role))
    pages = ["/", "/rakor/", "/tindak-lanjut/", "/rencana/", "/cari/?q=Balokang", "/data/isian.csv"]
    if role == "bappeda":
        pages += ["/verifikasi/", "/data/impor/", "/penilaian/", "/rakor/baru/"]
    for address in pages:
        response = client.get(address)
        if response.status_code == 404:
            continue
        content = b"".join(response) if response.streaming else response.content
        assert b"Desa Balokang" not in content, address


def test_a_reviewer_of_the_province_works_in_all_its_cities(world, client_of, tasikmalaya):  # noqa: F811
    client = client_of(person(province(), "bappeda"))
    page = text_of(client.get("/verifikasi/"))
    assert "Balokang" in page


def test_forms_take_nothing_of_another_city(world, client_of, tasikmalaya):  # noqa: F811
    client = client_of(person(tasikmalaya, "bappeda"))
    strange = Village.objects.get(name="Balokang")
    programme = Programme.objects.get()
    typed = {
        "title": "Rakor", "kind": "coordination", "place": "Aula", "organiser": "Bappeda",
        "day": "2030-05-14", "programme": programme.pk, "villages": [strange.pk],
        "acara-TOTAL_FORMS": 0, "acara-INITIAL_FORMS": 0,
        "peserta-TOTAL_FORMS": 0, "peserta-INITIAL_FORMS": 0,
    }  # fmt: skip
    before = Meeting.objects.count()
    assert client.post("/rakor/baru/", typed).status_code == 422
    assert Meeting.objects.count() == before
    del typed["programme"], typed["villages"]
    assert client.post("/rakor/baru/", typed).status_code == 302
    assert Meeting.objects.latest("pk").region == tasikmalaya
    runs = ImportRun.objects.count()
    upload = {"kind": "angka", "programme": programme.pk}
    assert client.post("/data/impor/", upload).status_code == 422
    assert ImportRun.objects.count() == runs


def test_an_agenda_takes_up_nothing_of_another_city(world, client_of, tasikmalaya):  # noqa: F811
    client = client_of(person(tasikmalaya, "bappeda"))
    typed = {
        "title": "Rakor", "kind": "coordination", "place": "Aula", "organiser": "Bappeda",
        "day": "2030-05-14", "acara-TOTAL_FORMS": 1, "acara-INITIAL_FORMS": 0,
        "acara-0-title": "Lanjutan", "acara-0-continues": world["item"][0][0],
        "acara-0-follow_up": world["follow-up"][0][0],
        "peserta-TOTAL_FORMS": 0, "peserta-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post("/rakor/baru/", typed).status_code == 302
    item = Meeting.objects.latest("pk").agenda.get()
    assert (item.title, item.continues, item.follow_up) == ("Lanjutan", None, None)


def test_an_import_knows_the_villages_of_its_own_region(client_of, tasikmalaya):
    programme = ProgrammeFactory(region=tasikmalaya, is_current=True)
    district = DistrictFactory(region=tasikmalaya, code="32.78.01")
    own = VillageFactory(name="Sukamaju", code="32.78.01.2001", district=district)
    BaselineFactory(programme=programme, village=own)
    VillageFactory(name="Sukamaju", code="32.79.01.2001")
    assert [village.code for village in known_villages(tasikmalaya)] == [own.code]
    assert len(known_villages(province())) == 2


def test_who_is_invited_opens_the_meeting_but_runs_nothing_in_it(client_of, tasikmalaya):
    guest = person(tasikmalaya, "bappeda")
    meeting = MeetingFactory(region=city(), done=True)
    Decision.objects.create(meeting=meeting, text="Data diperiksa", author=meeting.changed_by)
    meeting.minutes.submit(by=meeting.changed_by, version=1)
    meeting.participants.create(
        user=guest, name="Tamu", position="Kepala", organisation="Bappeda", unsur="bappeda"
    )
    draft = MeetingFactory(region=city(), state="draft")
    draft.participants.create(user=guest, name="Tamu", organisation="Bappeda", unsur="bappeda")
    client = client_of(guest)
    assert client.get(f"/rakor/{draft.pk}/").status_code == 404
    assert client.get(f"/rakor/{meeting.pk}/").status_code == 200
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Ubah" not in page
    assert "Sahkan notulen" not in page
    assert (
        client.post(f"/rakor/{meeting.pk}/notulen/pengesahan/", {"version": 2}).status_code == 403
    )
    assert client.get(f"/rakor/{meeting.pk}/ubah/").status_code == 404
    assert (
        client.post(f"/rakor/{meeting.pk}/pembatalan/", {"version": 1, "reason": "x"}).status_code
        == 404
    )


def test_mail_about_a_figure_reaches_the_reviewers_of_its_region(
    client_of,
    officer,
    baseline,
    bappeda,
    tasikmalaya,
    mailoutbox,
    django_capture_on_commit_callbacks,
):
    User.objects.filter(pk=bappeda.pk).update(email="banjar@contoh.id")
    UserFactory(bappeda=True, region=tasikmalaya, email="tasik@contoh.id")
    UserFactory(bappeda=True, region=province(), email="jabar@contoh.id")
    figure = YearlyFigureFactory(baseline=baseline, submitted=True, entered_by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        figure_mail.announce(figure, "submit")
    assert {mail.to[0] for mail in mailoutbox} == {"banjar@contoh.id", "jabar@contoh.id"}


# The admin.

EVERYWHERE = {"Region", "FailedSignIn"}


def test_every_room_of_the_admin_knows_regions():
    ours = {
        config.label
        for config in apps.get_app_configs()
        if config.label in ("areas", "meetings", "kotaku")
    }
    for model, room in admin.site._registry.items():
        if model._meta.app_label in ours and model.__name__ not in EVERYWHERE:
            assert isinstance(room, RegionalAdmin), model
            assert model.region_path, model


def test_an_admin_of_one_city_keeps_that_city_only(world, client_of, tasikmalaya):  # noqa: F811
    client = client_of(person(tasikmalaya, "admin"))
    for model in admin.site._registry:
        if model._meta.app_label not in ("areas", "meetings", "kotaku") or model is Region:
            continue
        page = client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        assert page.status_code == 200, model
        shown = page.context["cl"].result_count
        mine = model is User
        assert shown == (1 if mine else 0), model
    foreign = world["people"]["bappeda"]
    assert client.get(f"/admin/kotaku/user/{foreign.pk}/change/").status_code == 302
    village = Village.objects.get(name="Balokang")
    assert client.get(f"/admin/areas/village/{village.pk}/change/").status_code == 302
    assert "Balokang" not in client.get("/admin/kotaku/user/add/").content.decode()


def test_an_admin_of_one_city_gives_nobody_more_than_that_city(client_of, tasikmalaya):
    client = client_of(person(tasikmalaya, "admin"))
    typed = {
        "username": "baru", "full_name": "Pengamat Baru", "usable_password": "true",
        "password1": "panjang-sekali-9", "password2": "panjang-sekali-9", "role": "viewer",
        "region": "",
    }  # fmt: skip
    assert client.post("/admin/kotaku/user/add/", typed).status_code == 200
    assert client.post("/admin/kotaku/user/add/", typed | {"region": city().pk}).status_code == 200
    assert not User.objects.filter(username="baru").exists()
    own = typed | {"region": tasikmalaya.pk}
    assert client.post("/admin/kotaku/user/add/", own).status_code == 302
    assert User.objects.get(username="baru").region == tasikmalaya
    assert client.get("/admin/kotaku/region/add/").status_code == 403
    assert client.post(f"/admin/kotaku/region/{tasikmalaya.pk}/change/", {}).status_code == 403


def test_new_rows_begin_in_the_region_that_the_admin_works_in(client_of, tasikmalaya):
    home, nation = city(), Region.objects.create(code="ID", name="Indonesia", kind="nation")
    rooms = ("kotaku/user", "areas/programme", "areas/district", "meetings/letterhead")
    for who, region in (
        (UserFactory(admin=True), home),
        (person(tasikmalaya, "admin"), tasikmalaya),
    ):
        client = client_of(who)
        for room in rooms:
            form = client.get(f"/admin/{room}/add/").context["adminform"].form
            assert form["region"].value() == region.pk, room
    offered = client_of(UserFactory(admin=True)).get("/admin/areas/programme/add/")
    choices = set(offered.context["adminform"].form.fields["region"].queryset)
    assert choices == {home, tasikmalaya}
    above = client_of(UserFactory(admin=True)).get("/admin/kotaku/region/add/")
    assert set(above.context["adminform"].form.fields["parent"].queryset) == {province()}
    assert nation not in choices


def test_an_admin_of_one_city_reads_that_citys_audit(client_of, tasikmalaya):
    here = person(tasikmalaya, "admin")
    there = UserFactory(bappeda=True, username="orang-banjar")
    for user in (here, there):
        AuditEvent.objects.create(kind="signed_in", actor=user)
        AuditEvent.objects.create(kind="sign_in_failed", subject=user)
    lines = client_of(here).get("/audit/").context["lines"]
    # What somebody unknown tried with this account, and what it did itself.
    mine = f"{here} (tasik-admin)"
    assert {(line.who, line.whose) for line in lines} == {("", mine), (mine, "")}
    everything = text_of(client_of(UserFactory(admin=True)).get("/audit/"))
    assert "orang-banjar" in everything


def test_villages_of_an_officer_lie_in_their_region(client_of, tasikmalaya):
    village = VillageFactory()
    typed = {
        "username": "baru", "usable_password": "true", "password1": "panjang-sekali-9",
        "password2": "panjang-sekali-9", "role": "village_officer", "region": tasikmalaya.pk,
        "villages": [village.pk],
    }  # fmt: skip
    response = client_of(UserFactory(admin=True)).post("/admin/kotaku/user/add/", typed)
    assert re.search("Ada desa/kelurahan di luar Kota Tasikmalaya", text_of(response))


@pytest.mark.parametrize(
    ("code", "kind", "parent", "sentence"),
    [
        ("32.79", "province", None, "Kode ini tidak sesuai dengan jenis wilayahnya."),
        ("36.72", "city", "32", "Kode 36.72 bukan bagian dari 32."),
        ("32.78", "city", None, "Kabupaten atau kota adalah bagian dari sebuah provinsi"),
        ("32.78", "city", "32.79", "Pilih provinsinya."),
        ("3278", "city", "32", "Tulis kode seperti 32.79 atau 32."),
    ],
)
def test_a_wrong_region_is_refused_in_a_sentence(client_of, db, code, kind, parent, sentence):
    city()
    above = Region.objects.get(code=parent).pk if parent else ""
    Region.objects.filter(code=code).delete() if code != "32.79" else None
    typed = {"code": code, "name": "X", "kind": kind, "parent": above}
    response = client_of(UserFactory(admin=True)).post("/admin/kotaku/region/add/", typed)
    assert sentence in text_of(response)


PERIOD = {
    "name": "Periode baru", "slug": "periode-baru", "source": "Uji.", "baseline_year": "2020",
    "entry_days": "30", "year_targets-TOTAL_FORMS": 0, "year_targets-INITIAL_FORMS": 0,
    "baselines-TOTAL_FORMS": 1, "baselines-INITIAL_FORMS": 0, "baselines-0-area_ha": "5",
}  # fmt: skip


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_period_takes_villages_of_its_own_city_only(client_of, tasikmalaya, everywhere):
    """The public page of a village would show the invented period of somebody else's city."""
    foreign = VillageFactory(name="Binangun")
    own = VillageFactory(district=DistrictFactory(region=tasikmalaya, code="32.78.01"))
    client = client_of(person(None if everywhere else tasikmalaya, "admin"))
    typed = PERIOD | {"region": tasikmalaya.pk}
    refused = client.post(
        "/admin/areas/programme/add/", typed | {"baselines-0-village": foreign.pk}
    )
    assert refused.status_code == 200
    words = (
        "tidak terletak di Kota Tasikmalaya"
        if everywhere
        else "Pilihan itu tidak ada. Pilih dari daftar."
    )
    assert words in text_of(refused)
    assert not Programme.objects.exists()
    stored = client.post("/admin/areas/programme/add/", typed | {"baselines-0-village": own.pk})
    assert stored.status_code == 302
    assert Programme.objects.get().baselines.get().village == own


def test_what_has_a_baseline_stays_in_its_city(client_of, tasikmalaya):
    baseline = BaselineFactory()
    village, programme = baseline.village, baseline.programme
    client = client_of(person(None, "admin"))
    there = DistrictFactory(region=tasikmalaya, code="32.78.01")
    page = f"/admin/areas/village/{village.pk}/change/"
    moved = save_shown(
        client,
        page,
        {
            "code": village.code, "name": village.name, "kind": village.kind, "officers": [],
            "district": there.pk, "latitude": village.latitude, "longitude": village.longitude,
        },
    )  # fmt: skip
    assert "mempunyai baseline pada periode kabupaten atau kota lain" in text_of(moved)
    page = f"/admin/areas/programme/{programme.pk}/change/"
    typed = PERIOD | {
        "region": tasikmalaya.pk, "name": programme.name, "slug": programme.slug,
        "baseline_year": programme.baseline_year, "baselines-TOTAL_FORMS": 0,
    }  # fmt: skip
    moved = save_shown(client, page, typed)
    assert "Desa/kelurahan periode ini terletak di kabupaten atau kota lain" in text_of(moved)
    village.refresh_from_db()
    programme.refresh_from_db()
    assert village.district != there
    assert programme.region != tasikmalaya
