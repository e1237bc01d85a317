"""RT and RW are labels in one normal form: "06A" is another one than "06B", "6" the same as "006"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.models import Neighbourhood
from areas.rules.rt_label import InvalidLabel, normal_label
from tests.areas.importing import steps
from tests.areas.importing.test_import_assessments import row, upload
from tests.areas.public.pages import text_of
from tests.factories import NeighbourhoodFactory


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("6", "006"),
        ("06", "006"),
        ("0006", "006"),
        ("RT 06", "006"),
        ("RT.06", "006"),
        ("rw 2", "002"),
        ("No. 6", "006"),
        ("RT No 6", "006"),
        ("06A", "006A"),
        ("6a", "006A"),
        ("06 a", "006A"),
        ("06-A", "006A"),
        ("RT 06.A", "006A"),
        ("06B", "006B"),
        ("10A1", "010A1"),
        ("06\u200bA", "006A"),
        (6, "006"),
    ],
)
def test_a_label_has_one_form(typed, normal):
    assert normal_label(typed) == normal


@pytest.mark.parametrize(
    "typed", ["", "0", "00A", "A", "1000", "6,5", "6.0", "6/2", "1-3", "-6", "6A-B", "Jumlah", "6²"]
)
def test_what_is_no_label_is_refused(typed):
    with pytest.raises(InvalidLabel, match="1 sampai 999"):
        normal_label(typed)


@given(
    st.integers(1, 999), st.text("ABC", max_size=3), st.integers(1, 999), st.text("ABC", max_size=3)
)
def test_labels_sort_as_people_count(one, letters, other, more):
    labels = (normal_label(f"{one}{letters}"), normal_label(f"{other}{more}"))
    assert (labels[0] < labels[1]) == ((one, letters) < (other, more))
    assert normal_label(labels[0]) == labels[0]


@pytest.fixture
def village_client(client_of, officer):
    return client_of(officer)


def add(client, baseline, rt, rw="1"):
    address = f"/desa/{baseline.village.code}/rt/?tahun=2018"
    return client.post(address, {"rt": rt, "rw": rw})


def test_letters_make_another_rt_and_zeros_do_not(village_client, baseline):
    for typed in ("06A", "06B", "6"):
        assert add(village_client, baseline, typed).status_code == 302
    for typed in ("RT 006", "06-a", " 6 B "):
        response = add(village_client, baseline, typed, "01")
        assert response.status_code == 422
        assert "RT ini sudah tercatat di desa/kelurahan itu." in text_of(response)
    assert add(village_client, baseline, "06A", "1B").status_code == 302
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018"
    # The first look tells what was added.
    page = [text_of(village_client.get(address)) for _ in range(2)][1]
    names = ["RT 006/RW 001", "RT 006A/RW 001", "RT 006B/RW 001", "RT 006A/RW 001B"]
    assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)


@pytest.mark.parametrize("typed", ["0", "1000", "A", "6/2", "6,5"])
def test_the_form_says_what_a_label_is(village_client, baseline, typed):
    response = add(village_client, baseline, typed)
    assert response.status_code == 422
    assert "Tulis nomornya dari 1 sampai 999, misalnya 6, 006, atau 06A." in text_of(response)
    assert f'value="{typed}"' in response.content.decode()


def test_an_import_keeps_letters_and_finds_what_is_there(client_of, bappeda, baseline):
    NeighbourhoodFactory(village=baseline.village, rt="6", rw="1")
    client = client_of(bappeda)
    labels = [(6, 1), ("06A", "01"), ("06B", "RW 01"), (7.0, 1.0)]
    run = upload(client, baseline, [row(rt=rt, rw=rw) for rt, rw in labels])
    found = [line[0] for line in steps.outcomes(client, run)]
    names = ["RT 006/RW 001", "RT 006A/RW 001", "RT 006B/RW 001", "RT 007/RW 001"]
    assert found == [f"Desa Balokang, {name}" for name in names]
    steps.apply(client, run)
    stored = Neighbourhood.objects.order_by("rt").values_list("rt", "rw")
    assert list(stored) == [("006", "001"), ("006A", "001"), ("006B", "001"), ("007", "001")]


def test_the_same_label_in_two_writings_is_the_same_row_twice(client_of, bappeda, baseline):
    client = client_of(bappeda)
    run = upload(client, baseline, [row(rt="06A"), row(rt="6 a", v7a=0)])
    assert "salah" in {line[2] for line in steps.outcomes(client, run)}
    assert steps.apply(client, run).status_code in (409, 422)


@pytest.mark.parametrize("rt", ["A", "6,5", 6.5, None, 1000])
def test_a_cell_that_is_no_label_is_named(client_of, bappeda, baseline, rt):
    client = client_of(bappeda)
    run = upload(client, baseline, [row(rt=rt)])
    ((_, _, outcome, sentence),) = steps.outcomes(client, run)
    assert (outcome, "sel B3" in sentence) == ("salah", True)


def test_lookups_and_writes_know_the_normal_form(baseline):
    rt = NeighbourhoodFactory(village=baseline.village, rt="rt 6a", rw=2)
    assert (rt.rt, rt.rw, rt.short_name) == ("006A", "002", "RT 006A/RW 002")
    assert Neighbourhood.objects.get(rt="06a", rw="2") == rt
    found, is_new = Neighbourhood.objects.get_or_create(
        village=baseline.village, rt="6-A", rw="02", is_sample=False
    )
    assert (found, is_new) == (rt, False)
