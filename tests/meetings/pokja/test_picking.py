"""Members of the working group become participants while a meeting is planned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting, Participant
from tests.areas.public.pages import text_of
from tests.factories import (
    MeetingFactory,
    ParticipantFactory,
    PokjaDecreeFactory,
    PokjaMemberFactory,
    UserFactory,
    city,
)
from tests.meetings.planning.test_planning import form, person

ALL, GROUP, TICKED = "peserta-pokja-semua", "peserta-pokja-kelompok", "peserta-pokja"


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def members(db):
    """The chair, two of the office, one of KOTAKU without a name, and one who has left."""
    decree = PokjaDecreeFactory()
    rows = [
        PokjaMemberFactory(
            decree=decree, name="Siti", organisation="Bappeda", role="ketua", unsur="bappeda",
            sex="P", phone="0812-1111-2222", email="siti@contoh.id", position="Kepala",
        ),
        PokjaMemberFactory(decree=decree, name="Ani", section="Bidang Fisik"),
        PokjaMemberFactory(decree=decree, name="Budi"),
        PokjaMemberFactory(
            decree=decree, name="", position="Koordinator", organisation="KOTAKU", unsur="kotaku"
        ),
    ]  # fmt: skip
    left = timezone.localdate() - timedelta(days=1)
    PokjaMemberFactory(decree=decree, name="Mantan", valid_until=left)
    return rows


def names(response):
    rows = response.context["participant_rows"]
    return [row["name"].value() or row["position"].value() for _, row in rows]


def test_all_members_come_with_one_button_and_none_twice(client, members):
    typed = form([], [person("ANI", "dcktlh")], aksi=ALL)
    page = client.post("/rakor/baru/", typed)
    assert page.status_code == 200
    assert names(page) == ["ANI", "Siti", "Budi", "Koordinator"]
    assert "Semua anggota (4 orang) sudah ada di daftar peserta." in text_of(page)
    (_, row) = page.context["participant_rows"][1]
    taken = {name: row[name].value() for name in ("unsur", "sex", "phone", "email", "position")}
    assert taken == {
        "unsur": "bappeda", "sex": "P", "phone": "0812-1111-2222", "email": "siti@contoh.id",
        "position": "Kepala",
    }  # fmt: skip
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("k-ketua", ["Siti"]),
        ("u-kotaku", ["Koordinator"]),
        ("b-Bidang Fisik", ["Ani"]),
        ("u-opd", ["Ani", "Budi"]),
        ("", []),
        ("k-raja", []),
    ],
)
def test_members_of_a_group_come_with_one_button(client, members, group, expected):
    page = client.post("/rakor/baru/", form(aksi=GROUP, pokja_kelompok=group))
    assert names(page) == expected


def test_single_members_are_ticked(client, members):
    chosen = [members[0].pk, members[2].pk]
    page = client.post("/rakor/baru/", form(aksi=TICKED, pokja=chosen))
    assert names(page) == ["Siti", "Budi"]
    assert f'id="pokja-{members[1].pk}"' in page.content.decode()
    assert f'id="pokja-{members[0].pk}"' not in page.content.decode()


def test_ticked_members_are_saved_although_their_button_was_not_pressed(client, members):
    assert (
        client.post(
            "/rakor/baru/", form(pokja=[members[3].pk, "x", members[3].pk + 10_000])
        ).status_code
        == 302
    )
    (found,) = Participant.objects.all()
    assert (found.position, found.organisation, found.unsur) == ("Koordinator", "KOTAKU", "kotaku")


def test_another_row_button_keeps_the_ticks(client, members):
    page = client.post("/rakor/baru/", form(aksi="acara-tambah", pokja=[members[1].pk]))
    assert names(page) == ["Ani"]


def test_a_members_account_becomes_the_participants(client, client_of, viewer):
    member = PokjaMemberFactory(name="Nama di SK", organisation="Dinas PUPR", user=viewer)
    page = client.post("/rakor/baru/", form(aksi=ALL))
    (_, row) = page.context["participant_rows"][0]
    typed = {name: row[name].value() for name in ("name", "organisation", "unsur", "user")}
    client.post("/rakor/baru/", form([], [typed]))
    assert Participant.objects.get().user == viewer
    # Another name would give the account to another person.
    Participant.objects.all().delete()
    uid = "11111111-2222-4333-8444-666666666666"
    client.post("/rakor/baru/", form([], [typed | {"name": "Lain"}], uid=uid))
    assert Participant.objects.get().user is None
    assert member.user == viewer


def test_lurahs_of_two_kelurahan_are_two_people(client, db):
    decree = PokjaDecreeFactory()
    for name in ("Banjar", "Mekarsari"):
        PokjaMemberFactory(
            decree=decree, name="", position="Lurah", organisation=f"Kelurahan {name}"
        )
    known = {"name": "", "position": "Lurah", "organisation": "Kelurahan Banjar", "unsur": "opd"}
    page = client.post("/rakor/baru/", form([], [known], aksi=ALL))
    assert len(page.context["participant_rows"]) == 2


def test_a_stored_meeting_takes_members_of_its_own_region(client_of, members):
    client = client_of(UserFactory(bappeda=True, region=None))
    elsewhere = city("32.78", "Tasikmalaya")
    decree = PokjaDecreeFactory(region=elsewhere)
    PokjaMemberFactory(decree=decree, name="Orang Tasik")
    meeting = MeetingFactory(region=elsewhere)
    ParticipantFactory(meeting=meeting, name="Sudah")
    page = client.post(
        f"/rakor/{meeting.pk}/ubah/", form(aksi=ALL, version=1, pokja=[members[0].pk])
    )
    assert names(page) == ["Orang Tasik"]


def test_no_members_of_another_region_are_offered(client_of, members):
    stranger = client_of(UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya")))
    page = stranger.post("/rakor/baru/", form(aksi=ALL, pokja=[members[0].pk]))
    assert names(page) == []
    assert "Anggota Pokja" not in text_of(page)


def test_a_meeting_of_120_members_is_saved(client, db):
    PokjaMemberFactory.create_batch(120, decree=PokjaDecreeFactory())
    page = client.get("/rakor/baru/")
    assert "Pilih satu per satu (120 belum di daftar)" in text_of(page)
    assert 'data-kotaku-filter="daftar-pokja"' in page.content.decode()
    page = client.post("/rakor/baru/", form(aksi=ALL))
    rows = [
        {name: row[name].value() for name in ("name", "position", "organisation", "unsur")}
        for _, row in page.context["participant_rows"]
    ]
    assert client.post("/rakor/baru/", form([], rows)).status_code == 302
    assert Participant.objects.count() == 120


@pytest.mark.parametrize("count", [1, 60])
def test_the_form_takes_the_same_queries_for_any_number(
    client, count, django_assert_max_num_queries
):
    PokjaMemberFactory.create_batch(count, decree=PokjaDecreeFactory())
    client.get("/rakor/baru/")
    with django_assert_max_num_queries(21):
        client.get("/rakor/baru/")


def test_members_are_those_of_the_day_of_the_meeting(client, members):
    later = PokjaDecreeFactory(valid_from="2030-05-14", number="600/2030")
    PokjaMemberFactory(decree=later, name="Baru")
    last = PokjaMemberFactory(decree=later, name="Sampai Mei", valid_until="2030-05-14")
    pages = [client.post("/rakor/baru/", form(aksi=ALL, day=day)) for day in (
        "2030-05-13", "2030-05-14", "2030-05-15",
    )]  # fmt: skip
    assert [names(page) for page in pages] == [
        ["Siti", "Ani", "Budi", "Koordinator"], ["Baru", last.name], ["Baru"],
    ]  # fmt: skip
    stored = MeetingFactory(
        region=later.region, starts_at=datetime(2030, 5, 20, 2, tzinfo=UTC), ends_at=None
    )
    assert "SK 600/2030" in text_of(client.get(f"/rakor/{stored.pk}/ubah/"))


def test_a_gap_between_two_decrees_is_named(client, members):
    decree = members[0].decree
    type(decree).objects.update(valid_to="2030-01-01")
    said = "Tidak ada SK Pokja yang berlaku pada hari rapat ini."
    assert said in text_of(client.post("/rakor/baru/", form(aksi=ALL)))
    assert said not in text_of(client.post("/rakor/baru/", form(aksi=ALL, day="2029-05-14")))
