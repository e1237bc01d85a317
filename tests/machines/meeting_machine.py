"""A meeting's minutes and follow-ups, driven through the URLs."""

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kotaku.requests import kept_forms
from meetings.models import Meeting
from tests.machines.machine import DatabaseMachine, assert_shows, drawn
from tests.machines.meeting_world import FRAME, NOTES

WRITERS = st.sampled_from(["pemeriksa", "pemeriksa2", "pengelola"])
DECIDERS = st.sampled_from(["pemeriksa", "pemeriksa2", "pengelola", "ketua", "petugas"])
ACTORS = st.sampled_from(
    ["petugas", "operator", "tetangga", "pelapor", "pemeriksa", "pemeriksa2", "pengelola"]
)
WORDS = st.sampled_from(["", "Baris satu\nbaris <dua>", "Jalan & drainase", "Sudah “baik”"])
REASONS = st.sampled_from(["Kurang <lengkap>", "Masih ada & belum", " "])
AGES = st.sampled_from([0, 0, 0, 1])
BAPPEDA = ("pemeriksa", "pemeriksa2", "pengelola")
EDITABLE, OPEN = ("draft", "returned"), ("not_started", "running")
# What is due in which states, what the history calls it, and where it leads.
FOLLOW_UP_VERBS = {
    "kemajuan": (OPEN, "report", "running"),
    "penyelesaian": (OPEN, "finish", "done"),
    "konfirmasi": (("done",), "confirm", "done"),
    "pembukaan": (("done", "cancelled"), "reopen", "running"),
    "pembatalan": (OPEN, "cancel", "cancelled"),
}


# verb in the address -> (kind of event, state that it leads to)
MOVES = {
    "pengajuan": ("submit", "submitted"),
    "penarikan": ("withdraw", "draft"),
    "pengesahan": ("approve", "approved"),
    "pengembalian": ("return", "returned"),
}


class MeetingMachine(DatabaseMachine):
    """Everybody together, about one meeting."""

    def __init__(self, world):
        super().__init__(world)
        self.open_forms, self.chair = {}, None
        self.page = f"/rakor/{world.meeting.pk}/"
        self.item = f"acara{world.item.pk}"

    def snapshot(self):
        return self.world.snapshot()

    @initialize(chair=st.sampled_from([None, "ketua", "pemeriksa"]))
    def somebody_is_in_the_chair(self, chair):
        self.chair = chair
        person = self.people[chair] if chair else None
        Meeting.objects.filter(pk=self.world.meeting.pk).update(chair_user=person)

    # The minutes.

    def minutes_form(self, name, is_old=False):
        if not (is_old and name in self.open_forms):
            form = drawn(self.browser(name).get(f"{self.page}notulen/"), "opening")
            if form is None:
                return None
            self.open_forms[name] = form
        return dict(self.open_forms[name])

    @rule(
        name=WRITERS, is_old=st.booleans(), twice=st.booleans(), opening=WORDS,
        conclusion=st.one_of(st.none(), WORDS), notes=st.one_of(st.none(), WORDS),
    )  # fmt: skip
    def write(self, name, is_old, twice, opening, conclusion, notes):
        form = self.minutes_form(name, is_old)
        if form is None:
            assert self.rows["minutes"]["state"] not in EDITABLE
            return
        typed = {"opening": opening, "conclusion": conclusion, f"{self.item}-notes": notes}
        typed = {key: text for key, text in typed.items() if text is not None}
        was_saved = False
        for _ in range(1 + twice):
            was_saved = self.write_once(name, form | typed, typed, was_saved)

    def write_once(self, name, form, typed, was_saved):
        with self.step() as change:
            response = self.browser(name).post(f"{self.page}notulen/", form)
        before, after = change.before, change.after
        frame = {key: form[key] for key in FRAME}
        notes = form[f"{self.item}-notes"]
        is_discussed = bool(form.get(f"{self.item}-is_discussed") or notes)
        is_open = before["minutes"]["state"] in EDITABLE
        fresh = int(form["version"]) == before["minutes"]["version"]
        fresh_item = int(form[f"{self.item}-version"]) == before["item"]["version"]
        stored = {key: before["minutes"][key] for key in FRAME} == frame
        stored_item = tuple(before["item"][key] for key in NOTES) == (notes, is_discussed)
        assert not change.new_events
        assert {key: after["minutes"][key] for key in ("state", "submitted_by", "decided_by")} == {
            key: before["minutes"][key] for key in ("state", "submitted_by", "decided_by")
        }
        if (is_open and fresh and fresh_item) or was_saved:
            assert response.status_code == 302, response.status_code
        if response.status_code == 302:
            assert {key: after["minutes"][key] for key in FRAME} == frame
        else:
            assert response.status_code == 409
            assert_shows(response, *typed.values())
            if drawn(response, "opening"):
                self.open_forms[name] = drawn(response, "opening")
        if not is_open or not (fresh or stored):
            assert after["minutes"] == before["minutes"], "somebody was overwritten"
        if not is_open or not (fresh_item or stored_item):
            assert after["item"] == before["item"], "somebody was overwritten"
        return response.status_code == 302

    @rule(name=WRITERS)
    def notes_can_be_written_and_handed_in(self, name):
        if self.rows["minutes"]["state"] not in EDITABLE:
            return
        form = self.minutes_form(name)
        for _ in range(2):
            typed = {"conclusion": "Disepakati"}
            if self.write_once(name, form | typed, typed, False):
                break
            form = dict(self.open_forms[name])
        else:
            raise AssertionError("the minutes cannot be saved")
        self.move(name, "pengajuan", 0, "", False)
        assert self.rows["minutes"]["state"] == "submitted"

    @rule(
        name=DECIDERS, verb=st.sampled_from(list(MOVES)),
        age=AGES, reason=REASONS, twice=st.booleans(),
    )  # fmt: skip
    def move(self, name, verb, age, reason, twice):
        form = {"version": self.rows["minutes"]["version"] - age}
        if verb == "pengembalian":
            form["reason"] = reason
        was_done = False
        for _ in range(1 + twice):
            was_done = self.move_once(name, verb, form, was_done)

    def move_once(self, name, verb, form, was_done):
        row, person = self.rows["minutes"], self.people[name].pk
        with self.step() as change:
            response = self.browser(name).post(f"{self.page}notulen/{verb}/", form)
        says_why = "reason" not in form or form["reason"].strip()
        if self.may_move(name, verb, row) and form["version"] == row["version"] and says_why:
            assert response.status_code == 302, response.status_code
            kind, leads_to = MOVES[verb]
            assert change.new_events == [("minutes", kind, person, form.get("reason", ""))]
            after = change.after["minutes"]
            assert (after["state"], after["return_reason"]) == (leads_to, form.get("reason", ""))
            assert {key: after[key] for key in FRAME} == {key: row[key] for key in FRAME}
            return True
        assert change.is_none
        if was_done or self.is_second_click(person, verb, form, change):
            assert response.status_code == 302
        elif response.status_code not in (403, 404) and verb == "pengembalian":
            assert response.status_code in (409, 422)
            assert_shows(response, form["reason"].strip())
        else:
            assert response.status_code in (403, 404, 409, 422)
        return was_done

    def is_second_click(self, person, verb, form, change) -> bool:
        """Whether the last step was this very one, whichever page it came from."""
        row, (kind, leads_to) = self.rows["minutes"], MOVES[verb]
        steps = [event for event in change.events_before.values() if event[0] == "minutes"]
        return (
            row["state"] == leads_to
            and form["version"] == row["version"] - 1
            and steps[-1:] == [("minutes", kind, person, form.get("reason", ""))]
        )

    def may_move(self, name, verb, row) -> bool:
        if verb == "pengajuan":
            return name in BAPPEDA and row["state"] in EDITABLE
        if row["state"] != "submitted":
            return False
        if verb == "penarikan":
            return name in BAPPEDA
        if self.people[name].pk == row["submitted_by"]:
            return False
        if self.chair and self.people[self.chair].pk != row["submitted_by"]:
            return name == self.chair
        return name in BAPPEDA

    @rule(name=WRITERS, text=WORDS, twice=st.booleans())
    def add(self, name, text, twice):
        for number in range(1 + twice):
            with self.step() as change:
                response = self.browser(name).post(f"{self.page}notulen/adendum/", {"text": text})
            event = ("addendum", "addendum", self.people[name].pk, text)
            if self.rows["minutes"]["state"] != "approved" or not text:
                assert change.is_none
                assert text or response.status_code in (302, 422)
                continue
            assert response.status_code == 302
            known = event in change.events_before.values()
            assert change.new_events == ([] if known or number else [event])
            assert change.before == change.after

    @rule(name=WRITERS, is_old=st.booleans(), opening=WORDS, notes=WORDS)
    def session_ends_over_the_minutes(self, name, is_old, opening, notes):
        form = self.minutes_form(name, is_old)
        if form is None:
            return
        form |= {"opening": opening, f"{self.item}-notes": notes}
        shown = self.after_sign_in(name, f"{self.page}notulen/", f"{self.page}notulen/", form)
        assert_shows(shown, opening, notes)
        if drawn(shown, "opening"):
            self.open_forms[name] = drawn(shown, "opening")

    def after_sign_in(self, name, address, page, form):
        """Post after the session ended, sign in again, and return the page that comes then."""
        browser = Client()
        with self.step() as change:
            note = {"_owner": kept_forms.owner_note(self.people[name])}
            response = browser.post(address, form | note)
            assert response.status_code == 302
            assert response["Location"].endswith("&tersimpan=1")
            self.sign_in(browser, name, page)
            change.expect_nothing()
        self.browsers[name] = browser
        return browser.get(page)

    # The follow-ups.

    @rule(
        what=st.sampled_from(["desa", "dinas"]), name=ACTORS,
        verb=st.sampled_from(list(FOLLOW_UP_VERBS)), age=AGES, text=REASONS, twice=st.booleans(),
    )  # fmt: skip
    def carry_on(self, what, name, verb, age, text, twice):
        form = {"version": self.rows[what]["version"] - age}
        if verb != "konfirmasi":
            form["text" if verb in ("kemajuan", "penyelesaian") else "reason"] = text
        was_done = False
        for _ in range(1 + twice):
            was_done = self.carry_on_once(what, name, verb, form, text, was_done)

    def carry_on_once(self, what, name, verb, form, text, was_done):
        row, person = self.rows[what], self.people[name].pk
        states, kind, leads_to = FOLLOW_UP_VERBS[verb]
        page = f"/tindak-lanjut/{self.world.follow_ups[what].pk}/"
        with self.step() as change:
            response = self.browser(name).post(f"{page}{verb}/", form)
        reports = verb in ("kemajuan", "penyelesaian")
        may = name in BAPPEDA or (reports and name in self.world.reporters[what])
        is_due = row["state"] in states and form["version"] == row["version"]
        if verb == "konfirmasi":
            is_due = is_due and row["confirmed_by"] is None and row["completed_by"] != person
            text = ""
        if may and is_due and (text.strip() or verb == "konfirmasi"):
            assert response.status_code == 302, response.status_code
            assert change.new_events == [(what, kind, person, text)]
            after = change.after[what]
            assert after["state"] == leads_to
            assert (after["completed_by"] is None) == (leads_to != "done")
            assert (after["confirmed_by"] == person) == (verb == "konfirmasi")
            return True
        assert change.is_none
        if not may:
            assert response.status_code in (403, 404)
        elif was_done:
            assert response.status_code == 302
        elif response.status_code != 302:
            assert response.status_code in (409, 422)
            assert_shows(response, text.strip())
        return was_done

    @rule(
        what=st.sampled_from(["desa", "dinas"]),
        name=st.sampled_from(["petugas", "pelapor", "pemeriksa"]), text=WORDS,
        verb=st.sampled_from(["kemajuan", "penyelesaian", "pembukaan", "pembatalan"]),
    )  # fmt: skip
    def session_ends_over_a_follow_up(self, what, name, text, verb):
        reports = verb in ("kemajuan", "penyelesaian")
        if name not in BAPPEDA and not (reports and name in self.world.reporters[what]):
            return
        page = f"/tindak-lanjut/{self.world.follow_ups[what].pk}/"
        form = {"version": self.rows[what]["version"], "text" if reports else "reason": text}
        assert_shows(self.after_sign_in(name, f"{page}{verb}/", page, form), text)

    @invariant()
    def four_eyes_hold(self):
        minutes = self.rows["minutes"]
        assert minutes["decided_by"] is None or minutes["decided_by"] != minutes["submitted_by"]
        for what in ("desa", "dinas"):
            row = self.rows[what]
            assert row["confirmed_by"] is None or row["confirmed_by"] != row["completed_by"]
