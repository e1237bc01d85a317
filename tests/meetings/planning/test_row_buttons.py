"""Rows of a plain form, and what its buttons do to them."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from meetings.planning.row_buttons import (
    MAX_ROWS,
    RowList,
    act,
    posted_rows,
)

BLANK = {"acara": {"pk": "", "title": ""}}
ROWS = st.lists(st.integers(1, 99), max_size=8, unique=True).map(
    lambda keys: RowList([{"pk": str(key), "title": f"Acara {key}"} for key in keys])
)


def keys(rows):
    return [row["pk"] for row in rows.rows]


def test_posted_rows_are_read_in_order():
    data = QueryDict("acara-TOTAL_FORMS=2&acara-1-title=B&acara-0-title=A&acara-removed=a7")
    rows = posted_rows(data, "acara", ["title"])
    assert [row["title"] for row in rows.rows] == ["A", "B"]
    assert rows.removed == ["a7"]


def test_nonsense_counts_as_no_rows_and_huge_numbers_cost_little():
    assert posted_rows(QueryDict("acara-TOTAL_FORMS=x"), "acara", ["title"]).rows == []
    huge = QueryDict("acara-TOTAL_FORMS=999999999")
    assert len(posted_rows(huge, "acara", ["title"]).rows) == MAX_ROWS


@given(ROWS, st.integers(0, 9), st.sampled_from(["naik", "turun"]))
def test_moving_loses_nothing(rows, index, verb):
    before = keys(rows)
    assert act({"acara": rows}, f"acara-{verb}-{index}", BLANK)
    assert sorted(keys(rows)) == sorted(before)
    assert rows.removed == []


@given(ROWS, st.integers(0, 9))
def test_down_undoes_up(rows, index):
    before = keys(rows)
    act({"acara": rows}, f"acara-naik-{index}", BLANK)
    if 0 < index < len(before):
        act({"acara": rows}, f"acara-turun-{index - 1}", BLANK)
    assert keys(rows) == before


@given(ROWS, st.integers(0, 9))
def test_removed_row_is_remembered_and_the_others_stay(rows, index):
    before = keys(rows)
    act({"acara": rows}, f"acara-hapus-{index}", BLANK)
    assert keys(rows) == before[:index] + before[index + 1 :]
    assert rows.removed == before[index : index + 1]


@given(ROWS)
def test_added_row_is_blank_and_last(rows):
    before = keys(rows)
    act({"acara": rows}, "acara-tambah", BLANK)
    assert keys(rows) == [*before, ""]


@given(ROWS, st.text(max_size=20))
def test_other_words_do_nothing(rows, action):
    before = keys(rows)
    if not action.startswith("acara-"):
        assert not act({"acara": rows}, action, BLANK)
        assert keys(rows) == before
