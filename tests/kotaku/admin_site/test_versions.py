"""No form of the admin overwrites others: a form that is older than what is stored is refused.

The rooms are found in the admin's registry: a new one is tried without being named here, and a new
table in one fails until ROWS knows how to make its rows.
"""

import re
from decimal import Decimal

import pytest
from django.contrib import admin as django_admin
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from areas.models import CommunityBoard, Programme, Village, YearTarget
from kotaku.admin_site.versions import NothingOverwritten
from kotaku.models import Contact, Region, Role, User
from meetings.models import AgendaItem, Letterhead, Meeting, Minutes, Participant
from tests import factories
from tests.areas.models.test_concurrency import all_at_once
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn, save_shown, shown_by

pytestmark = pytest.mark.ignore_template_errors

REGISTRY = django_admin.site._registry
SENTENCE = "Data ini sudah berubah sejak halaman ini dibuka."


def board_with_support():
    return factories.VillageSupportFactory().board


def programme_with_rows():
    found = factories.ProgrammeFactory()
    factories.BaselineFactory(programme=found)
    YearTarget.objects.create(programme=found, year=2017, area_ha=5)
    return found


def meeting_with_rows():
    found = factories.MeetingFactory()
    factories.AgendaItemFactory(meeting=found)
    factories.ParticipantFactory(meeting=found)
    return found


# A record of each room that changes records, with a row in each of its tables.
RECORDS = {
    "kotaku.Region": factories.city,
    "kotaku.Contact": lambda: Contact.objects.create(
        region=factories.city(), office="Bappeda", phone="0265 741234"
    ),
    "areas.District": factories.DistrictFactory,
    "areas.Village": factories.VillageFactory,
    "areas.Programme": programme_with_rows,
    "areas.Neighbourhood": factories.NeighbourhoodFactory,
    "areas.CommunityBoard": board_with_support,
    "kotaku.User": factories.UserFactory,
    "meetings.Meeting": meeting_with_rows,
    "meetings.PokjaDecree": lambda: factories.PokjaMemberFactory().decree,
    "meetings.PokjaMember": factories.PokjaMemberFactory,
    "meetings.Letterhead": lambda: Letterhead.objects.create(
        region=factories.city(), government="Pemerintah", office="Bappeda", city="Banjar"
    ),
}
# One more row in a table of a record.
ROWS = {
    "areas.Baseline": lambda of: factories.BaselineFactory(programme=of),
    "areas.YearTarget": lambda of: of.year_targets.create(year=2018, area_ha=2),
    "meetings.AgendaItem": lambda of: factories.AgendaItemFactory(meeting=of, order=9),
    "meetings.Participant": lambda of: factories.ParticipantFactory(meeting=of),
}


def changing_rooms():
    """Return the models whose records change in the admin."""
    found = REGISTRY.items()
    return [model._meta.label for model, room in found if room.has_change_permission(_request())]


@pytest.fixture
def client(admin, client_of):
    """The admin's browser."""
    return client_of(admin)


def address_of(record):
    label = f"{record._meta.app_label}/{record._meta.model_name}"
    return f"/admin/{label}/{record.pk}/change/"


def opened(client, record):
    """Return what the browser would send of a record's form."""
    return as_drawn(client.get(address_of(record)), "_shown")


def text_fields(model, names):
    """Return the fields of free text among these."""
    found = [field for field in model._meta.concrete_fields if field.name in names]
    return [
        field.name
        for field in found
        if isinstance(field, models.CharField) and not field.choices and not field.validators[1:]
    ]


def value_field(model, names):
    """Return a field of a row that can be changed by itself."""
    texts = text_fields(model, names)
    if texts:
        return texts[0], Concat(F(texts[0]), Value("x"))
    return "area_ha", Decimal("1.25")


def stored_of(record):
    """Return all that is stored of a record and of the rows in its tables."""
    room = REGISTRY[type(record)]
    tables = [type(record), *(inline.model for inline in room.inlines)]
    return [sorted(map(str, table.objects.order_by("pk").values_list())) for table in tables]


def refuses(client, record, old):
    """Post an old form: it is refused, nothing is written; saved again, it goes through."""
    before = stored_of(record)
    response = client.post(address_of(record), old)
    assert response.status_code == 409, text_of(response)
    assert stored_of(record) == before
    again = as_drawn(response, "_shown")
    saved = client.post(address_of(record), again)
    assert saved.status_code == 302, text_of(saved)
    return response


def test_every_room_is_one_that_overwrites_nobody():
    assert all(isinstance(room, NothingOverwritten) for room in REGISTRY.values())
    assert sorted(changing_rooms()) == sorted(RECORDS)


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_form_that_is_older_than_a_field_is_refused(client, label):
    record = RECORDS[label]()
    model, room = type(record), REGISTRY[type(record)]
    old = opened(client, record)
    # Fields that no other person has changed are saved as usual.
    assert client.post(address_of(record), old).status_code == 302
    old = opened(client, record)
    fields = room.get_form(_request(), record).base_fields
    name = text_fields(model, [n for n in fields if n != "password"])[
        -1 if label == "areas.Programme" else 0
    ]
    model.objects.filter(pk=record.pk).update(
        **{name: "0" + "9" * 2 if name in ("rt", "code") else "Lain"}
    )
    response = refuses(client, record, old)
    stored = model.objects.get(pk=record.pk)
    assert "tidak diubah; mengikuti yang tersimpan" in text_of(response)
    # Being late is the only thing wrong with it, and is said once.
    assert "Belum ada yang disimpan." in text_of(response)
    assert "Perbaiki kesalahan di bawah ini." not in text_of(response)
    # What its person has not touched is taken back by no second click.
    assert getattr(stored, name) in ("Lain", "099")


def _request():
    found = type("Request", (), {})()
    found.user = User(is_superuser=True, is_staff=True, is_active=True)
    found.resolver_match = type("Match", (), {"kwargs": {}})()
    return found


def tables():
    for label in sorted(RECORDS):
        model = next(each for each in REGISTRY if each._meta.label == label)
        for inline in REGISTRY[model].inlines:
            if inline(model, django_admin.site).has_change_permission(_request()):
                yield label, inline.model._meta.label


def test_every_table_is_tried():
    assert {table for _, table in tables()} == set(ROWS)


@pytest.mark.parametrize("what", ["changed", "added", "deleted"])
@pytest.mark.parametrize(("label", "table"), list(tables()))
def test_form_that_is_older_than_a_row_is_refused(client, label, table, what):
    record = RECORDS[label]()
    inline = next(i for i in REGISTRY[type(record)].inlines if i.model._meta.label == table)
    rows = inline.model.objects
    old = opened(client, record)
    (row,) = rows.all()
    if what == "changed":
        name, value = value_field(inline.model, [f.name for f in inline.model._meta.fields])
        rows.filter(pk=row.pk).update(**{name: value})
    elif what == "added":
        ROWS[table](record)
    else:
        row.delete()
    others = sorted(map(str, rows.order_by("pk").values_list("pk", flat=True)))
    text = text_of(refuses(client, record, old))
    assert SENTENCE in text
    word = {
        "changed": "mengikuti yang tersimpan",
        "added": "baru ditambahkan",
        "deleted": "sudah dihapus",
    }
    assert word[what] in text
    assert sorted(map(str, rows.order_by("pk").values_list("pk", flat=True))) == others
    if what == "changed":
        assert getattr(rows.get(), name) != getattr(row, name)


def test_attendance_and_place_are_not_taken_back(client):
    meeting = factories.MeetingFactory(place="Aula")
    people = [factories.ParticipantFactory(meeting=meeting) for _ in range(3)]
    old = opened(client, meeting)
    old["title"] = ["Rakor yang saya ubah"]
    Participant.objects.update(is_present=True)
    Meeting.objects.update(place="Ruang rapat")
    response = refuses(client, meeting, old)
    assert "Rakor yang saya ubah" in response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place) == ("Rakor yang saya ubah", "Ruang rapat")
    assert meeting.participants.filter(is_present=True).count() == len(people)


def test_what_both_have_changed_stands_side_by_side(client):
    meeting = factories.MeetingFactory(place="Aula")
    person = factories.ParticipantFactory(meeting=meeting, position="Kepala")
    old = opened(client, meeting)
    old |= {"place": ["Aula saya"], "participants-0-position": ["Ketua"]}
    Meeting.objects.update(place="Aula mereka")
    Participant.objects.update(position="Sekretaris")
    text = text_of(refuses(client, meeting, old))
    assert re.search(r"Tempat\s+Aula mereka\s+Aula saya", text)
    assert re.search(r"Jabatan\s+Sekretaris\s+Ketua", text)
    # The person has seen both, and has decided.
    meeting.refresh_from_db()
    person.refresh_from_db()
    assert (meeting.place, person.position) == ("Aula saya", "Ketua")


def test_rows_of_ones_own_stay_beside_those_of_others(client):
    meeting = factories.MeetingFactory()
    gone = factories.ParticipantFactory(meeting=meeting, name="Pergi")
    factories.ParticipantFactory(meeting=meeting, name="Tetap")
    old = opened(client, meeting)
    mine = {"name": "Dari saya", "position": "Staf", "organisation": "Bappeda", "unsur": "bappeda"}
    old |= {f"participants-2-{name}": [value] for name, value in mine.items()}
    old |= {"participants-TOTAL_FORMS": ["3"], "participants-0-position": ["Yang saya tulis"]}
    gone.delete()
    factories.ParticipantFactory(meeting=meeting, name="Dari rekan")
    text = text_of(refuses(client, meeting, old))
    assert "Pergi, Yang saya tulis" in text
    names = meeting.participants.values_list("name", flat=True)
    assert sorted(names) == ["Dari rekan", "Dari saya", "Tetap"]


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
@pytest.mark.parametrize("query", ["", "?_popup=1", "?_to_field=id&_popup=1"])
def test_no_button_and_no_window_of_its_own_overwrites(client, query, button):
    village = factories.VillageFactory(name="Lama")
    address = f"{address_of(village)}{query}"
    old = as_drawn(client.get(address), "_shown") | {"name": ["Dari saya"], button: ["Simpan"]}
    Village.objects.update(name="Dari rekan")
    response = client.post(address, old)
    assert response.status_code == 409
    assert Village.objects.get().name == "Dari rekan"
    # What was typed, and that it is a small window, are still in the form.
    again = as_drawn(response, "_shown")
    assert again["name"] == ["Dari saya"]
    assert ("_popup" in again) == bool(query)
    assert client.post(address, again | {button: ["Simpan"]}).status_code in (200, 302)
    assert Village.objects.get().name == "Dari saya"


def test_question_in_a_small_window_is_asked_again_too(client):
    village = factories.VillageFactory()
    address = f"{deletion_of(village)}?_popup=1"
    old = as_drawn(client.get(address), "_shown")
    Village.objects.update(name="Dipakai lagi")
    response = client.post(address, old)
    assert response.status_code == 409
    assert Village.objects.exists()
    assert as_drawn(response, "_shown")["_popup"] == ["1"]


def test_searched_for_choices_of_others_stay(client, monkeypatch):
    monkeypatch.setattr("kotaku.admin_site.regional_admin.MANY", 0)
    village, mine, theirs = (
        factories.VillageFactory(),
        factories.UserFactory(officer=True),
        factories.UserFactory(officer=True),
    )
    village.officers.add(mine)
    response = client.get(address_of(village))
    assert "admin-autocomplete" in response.content.decode()
    old = as_drawn(response, "_shown")
    village.officers.set([theirs])
    refuses(client, village, old)
    assert list(village.officers.all()) == [theirs]


def test_role_that_was_taken_away_does_not_come_back(client):
    user = factories.UserFactory(bappeda=True)
    old = opened(client, user)
    old["position"] = ["Kepala seksi"]
    User.objects.filter(pk=user.pk).update(role=Role.VIEWER, is_active=False)
    refuses(client, user, old)
    user.refresh_from_db()
    assert (user.role, user.is_active, user.position) == (Role.VIEWER, False, "Kepala seksi")


@pytest.mark.parametrize("side", ["village", "user"])
def test_officers_and_villages_chosen_elsewhere_stay(client, baseline, officer, side):
    village = baseline.village
    second = factories.UserFactory(officer=True)
    elsewhere = factories.VillageFactory()
    elsewhere.officers.add(second)
    record = village if side == "village" else officer
    old = opened(client, record)
    if side == "village":
        village.officers.set([second])
    else:
        officer.villages.set([elsewhere])
    refuses(client, record, old)
    if side == "village":
        assert list(village.officers.all()) == [second]
    else:
        assert list(officer.villages.all()) == [elsewhere]


def test_refusal_says_who_was_faster(client, client_of):
    colleague = factories.UserFactory(admin=True, full_name="Sari Dewi")
    village = factories.VillageFactory(name="Lama")
    old = opened(client, village)
    other = client_of(colleague)
    typed = opened(other, village) | {"name": ["Baru"]}
    assert other.post(address_of(village), typed).status_code == 302
    text = text_of(client.post(address_of(village), old))
    assert re.search(r"Data ini baru saja diubah oleh Sari Dewi pada \d\d\.\d\d", text)
    meeting = factories.MeetingFactory()
    old = opened(client, meeting)
    meeting.change(by=colleague, version=1, place="Ruang lain")
    text = text_of(client.post(address_of(meeting), old))
    assert "Data ini baru saja diubah oleh Sari Dewi pada" in text


@pytest.mark.parametrize("token", ["", "nonsense", "other"])
def test_form_without_its_own_digests_saves_nothing(client, token):
    village = factories.VillageFactory(name="Lama")
    typed = opened(client, village) | {"name": ["Baru"]}
    foreign = shown_by(client, address_of(factories.VillageFactory()))["_shown"]
    typed["_shown"] = [foreign if token == "other" else token]
    response = client.post(address_of(village), typed)
    assert response.status_code == 409
    assert Village.objects.get(pk=village.pk).name == "Lama"
    assert 'value="Baru"' in response.content.decode()
    assert client.post(address_of(village), as_drawn(response, "_shown")).status_code == 302
    assert Village.objects.get(pk=village.pk).name == "Baru"


def test_mistake_in_a_current_form_is_no_staleness(client):
    village = factories.VillageFactory(name="Lama")
    typed = opened(client, village) | {"name": [""]}
    response = client.post(address_of(village), typed)
    assert response.status_code == 200
    again = as_drawn(response, "_shown") | {"name": ["Baru"]}
    assert client.post(address_of(village), again).status_code == 302


def test_mistake_in_a_stale_form_is_named_at_once(client):
    village = factories.VillageFactory(name="Lama")
    typed = opened(client, village) | {"name": [""]}
    Village.objects.filter(pk=village.pk).update(code="32.79.01.1009")
    response = client.post(address_of(village), typed)
    assert response.status_code == 409
    assert "Isian ini wajib diisi." in text_of(response)
    assert "Perbaiki kesalahan di bawah ini." in text_of(response)


def test_sign_in_makes_no_account_form_stale(client, officer, client_of):
    old = opened(client, officer)
    client_of(officer)
    assert client.post(address_of(officer), old).status_code == 302


def test_saving_in_the_admin_makes_open_forms_of_the_site_stale(client):
    meeting = factories.MeetingFactory()
    item = factories.AgendaItemFactory(meeting=meeting, title="Pembukaan")
    other = factories.AgendaItemFactory(meeting=meeting, title="Penutup", order=2)
    typed = opened(client, meeting) | {"agenda-0-title": ["Pembukaan rapat"]}
    assert client.post(address_of(meeting), typed).status_code == 302
    versions = dict(AgendaItem.objects.values_list("pk", "version"))
    assert versions == {item.pk: 2, other.pk: 1}
    assert Meeting.objects.get().version == 2
    board = factories.CommunityBoardFactory()
    typed = opened(client, board) | {"name": ["BKM Baru"]}
    assert client.post(address_of(board), typed).status_code == 302
    assert CommunityBoard.objects.get().version == 2


def test_list_that_is_edited_is_refused_at_the_start():
    room = type("Room", (type(REGISTRY[Region]),), {"list_editable": ["name"]})
    with pytest.raises(ImproperlyConfigured, match="carries no version"):
        room(Region, django_admin.site)


# Deleting.


def deletion_of(record):
    return address_of(record).replace("/change/", "/delete/")


def test_row_that_changed_since_the_question_is_not_deleted(client):
    village = factories.VillageFactory(name="Lama")
    old = as_drawn(client.get(deletion_of(village)), "_shown")
    Village.objects.filter(pk=village.pk).update(name="Dipakai lagi")
    response = client.post(deletion_of(village), old)
    assert response.status_code == 409
    text = text_of(response)
    assert SENTENCE in text
    assert "Belum ada yang dihapus." in text
    assert "Dipakai lagi" in text
    assert client.post(deletion_of(village), as_drawn(response, "_shown")).status_code == 302
    assert not Village.objects.exists()


def test_what_would_go_along_is_part_of_the_question(client):
    programme = factories.ProgrammeFactory()
    old = as_drawn(client.get(deletion_of(programme)), "_shown")
    YearTarget.objects.create(programme=programme, year=2017, area_ha=5)
    assert client.post(deletion_of(programme), old).status_code == 409
    assert Programme.objects.exists()


def test_several_rows_are_deleted_as_they_were_shown(client):
    villages = [factories.VillageFactory() for _ in range(2)]
    chosen = {"action": "delete_selected", "_selected_action": [v.pk for v in villages]}
    old = as_drawn(client.post("/admin/areas/village/", chosen), "_shown")
    Village.objects.filter(pk=villages[0].pk).update(name="Dipakai lagi")
    response = client.post("/admin/areas/village/", old)
    assert response.status_code == 409
    assert "Dipakai lagi" in text_of(response)
    assert Village.objects.count() == 2
    # Without the question nothing is deleted at all.
    client.post("/admin/areas/village/", {**chosen, "post": "yes"})
    assert Village.objects.count() == 2
    assert client.post("/admin/areas/village/", as_drawn(response, "_shown")).status_code == 302
    assert not Village.objects.exists()


# Pages that change an account.

PASSWORDS = {
    "usable_password": "true",
    "password1": "panjang-sekali-9",
    "password2": "panjang-sekali-9",
}


def test_password_that_changed_meanwhile_is_not_replaced(client, officer):
    address = f"/admin/kotaku/user/{officer.pk}/password/"
    old = PASSWORDS | shown_by(client, address)
    officer.set_password("pilihan-sendiri-77")
    officer.must_change_password = False
    officer.save()
    response = client.post(address, old)
    assert response.status_code == 409
    assert "Kata sandinya belum diganti." in text_of(response)
    officer.refresh_from_db()
    assert officer.check_password("pilihan-sendiri-77")
    assert not officer.must_change_password
    again = PASSWORDS | {"_shown": as_drawn(response, "_shown")["_shown"]}
    assert client.post(address, again).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("panjang-sekali-9")
    # A mistake in a current form keeps what it showed.
    wrong = PASSWORDS | {"password2": "lain"}
    response = save_shown(client, address, wrong)
    assert response.status_code == 200
    assert as_drawn(response, "_shown")["_shown"]


def test_profile_takes_nothing_of_an_admin_back(client, client_of, officer):
    mine = client_of(officer)
    old = as_drawn(mine.get("/akun/"), "_shown") | {"position": ["Operator"]}
    User.objects.filter(pk=officer.pk).update(email="baru@contoh.id")
    response = mine.post("/akun/", old)
    assert response.status_code == 409
    text = text_of(response)
    assert SENTENCE in text
    assert "baru@contoh.id" in text
    officer.refresh_from_db()
    assert (officer.email, officer.position) == ("baru@contoh.id", "")
    assert mine.post("/akun/", as_drawn(response, "_shown")).status_code == 302
    officer.refresh_from_db()
    assert (officer.email, officer.position) == ("baru@contoh.id", "Operator")


# At the same moment.


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["meeting", "account"])
def test_of_two_who_save_the_same_form_at_once_one_wins(client_of, kind):
    make = meeting_with_rows if kind == "meeting" else factories.UserFactory
    record, name = make(), "place" if kind == "meeting" else "position"
    people = [client_of(factories.UserFactory(admin=True)) for _ in range(4)]
    forms = [opened(person, record) for person in people]

    def save(number):
        typed = forms[number] | {name: [f"Dari {number}"]}
        if kind == "meeting":
            typed |= {"participants-0-position": [f"Dari {number}"]}
        return people[number].post(address_of(record), typed).status_code

    found = all_at_once([lambda number=number: save(number) for number in range(len(people))])
    assert sorted(found) == [302, 409, 409, 409]
    record.refresh_from_db()
    winner = f"Dari {found.index(302)}"
    assert getattr(record, name) == winner
    if kind == "meeting":
        assert record.participants.get().position == winner
        assert record.version == 2


@pytest.mark.django_db(transaction=True)
def test_account_and_its_village_saved_at_once_leave_no_villages_of_an_older_form(client_of):
    officer = factories.UserFactory(officer=True)
    village, other = factories.VillageFactory(), factories.VillageFactory()
    village.officers.add(officer)
    first, second = (client_of(factories.UserFactory(admin=True)) for _ in range(2))
    account, place = opened(first, officer), opened(second, village)
    account |= {"villages": [str(village.pk), str(other.pk)]}
    place |= {"officers": []}
    found = all_at_once(
        [
            lambda: first.post(address_of(officer), account).status_code,
            lambda: second.post(address_of(village), place).status_code,
        ]
    )
    assert set(found) <= {302, 409}
    kept = set(officer.villages.all())
    # Whoever took the village away after the account was saved, or refused that: it is gone.
    assert found[1] == 409 or village not in kept


@pytest.mark.django_db(transaction=True)
def test_meeting_saved_while_its_minutes_are_handed_in_is_one_after_the_other(client_of, bappeda):
    meeting = factories.MeetingFactory(done=True)
    Minutes.objects.update(conclusion="Lanjut.")
    meeting.minutes.refresh_from_db()
    person = client_of(factories.UserFactory(admin=True))
    typed = opened(person, meeting) | {"place": ["Aula saya"]}

    def hand_in():
        meeting.minutes.submit(by=bappeda, version=1)

    def save():
        return person.post(address_of(meeting), typed).status_code

    handed_in, saved = all_at_once([hand_in, save])
    meeting.refresh_from_db()
    assert (handed_in, saved) in ((None, 302), (None, 403))
    assert meeting.place == ("Aula saya" if saved == 302 else "Aula DCKTLH")
