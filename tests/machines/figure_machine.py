"""The yearly figure, driven through the URLs by its village, by Bappeda, and by an admin."""

import hashlib
from urllib.parse import urlencode

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from kotaku.formats import format_hectares
from tests.machines import naive
from tests.machines.figure_world import COMPUTED_HA, COMPUTED_YEAR, YEARS, evidence_of
from tests.machines.machine import (
    DatabaseMachine,
    assert_shows,
    assert_withdrawn_before,
    drawn,
    picture,
)
from tests.machines.naive import EDITABLE, TYPED

VILLAGES = st.sampled_from(["balokang", "balokang", "binangun"])
SLOTS = st.tuples(VILLAGES, st.sampled_from(YEARS))
REVIEWERS = st.sampled_from(["pemeriksa", "pemeriksa2", "pengelola"])
WHICH_OFFICER = st.integers(0, 1)
AREAS = st.sampled_from(list(TYPED))
REASONS = st.sampled_from(["", "Permukiman baru", "Pendataan <ulang> & foto"])
NOTES = st.sampled_from(["", "Jalan beton", "Catatan “kedua”"])
AGES = st.sampled_from([0, 0, 0, 1])
PHOTOS = st.sampled_from([None, None, 1, 2])


class EntryMachine(DatabaseMachine):
    """What village officers do."""

    def __init__(self, world):
        super().__init__(world)
        self.open_forms = {}  # (person, slot) -> what the form in their tab sends

    def snapshot(self):
        return self.world.snapshot()

    def officer(self, slot, which):
        names = self.world.officers[slot[0]]
        return names[which % len(names)]

    def form_of(self, name, slot, is_old=False):
        """What the person's form sends: the one in an old tab, else a newly opened one."""
        if is_old and (name, slot) in self.open_forms:
            return dict(self.open_forms[name, slot])
        page = self.browser(name).get(f"/isian/{slot[1]}/")
        return self.remember(name, slot, page)

    def remember(self, name, slot, page):
        form = drawn(page, "area_ha")
        if form is not None:
            self.open_forms[name, slot] = form
        return None if form is None else dict(form)

    def needs(self, slot, area):
        """Whether this area needs a tick and a reason, and whether a reason or evidence."""
        known = (self.rows, self.world.baselines, *slot, area)
        return naive.is_grown(*known), naive.is_cleared(*known)

    def fill(self, form, *, text, reason, note, tick):
        """Type into a drawn form; what is not on the page cannot be typed."""
        form |= {"area_ha": text, "note": note}
        if "reason" in form:
            form["reason"] = reason
        for name in ("is_confirmed", "is_unchanged"):
            form.pop(name, None)
            if tick:
                form[name] = "on"
        return form

    @rule(slot=SLOTS, which=WHICH_OFFICER)
    def open_a_form(self, slot, which):
        with self.step() as change:
            self.form_of(self.officer(slot, which), slot)
            change.expect_nothing()

    @rule(
        slot=SLOTS, which=WHICH_OFFICER, is_old=st.booleans(), text=AREAS, reason=REASONS,
        note=NOTES, tick=st.booleans(), photo=PHOTOS, submitting=st.booleans(),
        twice=st.booleans(),
    )  # fmt: skip
    def type_and_send(
        self, slot, which, is_old, text, reason, note, tick, photo, submitting, twice
    ):
        name = self.officer(slot, which)
        form = self.form_of(name, slot, is_old)
        if form is None:
            assert self.rows[slot].status not in EDITABLE
            return
        form = self.fill(form, text=text, reason=reason, note=note, tick=tick)
        for _ in range(1 + twice):
            self.send(name, slot, dict(form), photo, submitting)

    def send(self, name, slot, form, photo=None, submitting=False):
        """Post the form, and hold what comes of it against the rules; return the answer."""
        page = f"/isian/{slot[1]}/" + ("pengajuan/" if submitting else "")
        files = {} if photo is None else {"evidence": picture(photo)}
        digest = hashlib.sha256(files["evidence"].read()).hexdigest() if files else None
        if files:
            files["evidence"].seek(0)
        with self.step() as change:
            response = self.browser(name).post(page, form | files)
        self.judge_entry(change, response, name, slot, form, digest, submitting)
        if response.status_code != 302:
            self.remember(name, slot, response)
        return response

    def judge_entry(self, change, response, name, slot, form, digest, submitting):
        before, after = change.before.get(slot), change.after.get(slot)
        area = TYPED[form["area_ha"]] if form["area_ha"] in TYPED else self.reread(form)
        typed = self.entry(form, area)
        is_new_file = digest is not None and not (before and digest in before.files)
        is_editable = before is None or before.status in EDITABLE
        is_fresh = int(form["version"]) == (before.version if before else 0)
        is_right = self.is_right(change.before, slot, form, area, digest, submitting)
        kinds = [event[1] for event in change.new_events]
        content = [kind for kind in kinds if not kind.startswith("evidence")]
        assert self.others(change.before, slot) == self.others(change.after, slot)
        if is_editable and is_fresh:
            assert response.status_code == (302 if is_right else 422), response.status_code
            assert kinds.count("evidence_added") == is_new_file
        if response.status_code == 302:
            assert after.typed == typed
            if is_editable and is_fresh:
                expected = ["entered"] * (before is None or before.typed != typed)
                assert content == expected + ["submitted"] * submitting, content
                assert after.status == ("submitted" if submitting else (before or after).status)
            elif content:
                # Only a draft that was made for one's own files may be taken on: empty or the same.
                is_same = before.typed == typed and form["version"] in (0, "0")
                assert is_same or before.typed == (None, "", "", False)
                assert before.entered_by == self.people[name].pk
            if submitting:
                assert after.status == "submitted"
                assert after.submitted_by == self.people[name].pk
            for event in change.new_events:
                assert event[2] == self.people[name].pk
                assert event[1] != "submitted" or event[5] == typed[2]
            return
        assert response.status_code in (409, 422)
        assert_shows(response, form["area_ha"], form["note"], form.get("reason"))
        if before is None and after is not None:
            assert (after.status, after.typed) == ("draft", (None, "", "", False))
            assert content == ["entered"]
        elif before is not None:
            assert content == []
            assert (after.status, after.typed) == (before.status, before.typed)

    def entry(self, form, area):
        is_ticked = form.get("is_confirmed") == "on" and area not in (None, ...)
        is_asked = is_ticked and form["asked_ha"] == format_hectares(area)
        return (area, form["note"], form.get("reason", ""), is_asked)

    def reread(self, form):
        """What a number means that the site itself has written into the form."""
        return next(
            area
            for area in [*(each for each in TYPED.values() if each not in (None, ...)), COMPUTED_HA]
            if format_hectares(area) == form["area_ha"]
        )

    def is_right(self, rows, slot, form, area, digest, submitting) -> bool:
        before = rows.get(slot)
        if area is ...:
            return False
        if area is None:
            return not submitting and (before is None or before.status == "draft")
        if not submitting:
            return True
        known = (rows, self.world.baselines, *slot, area)
        _, _, reason, is_ticked = self.entry(form, area)
        is_new_file = digest is not None and not (before and digest in before.files)
        is_same = before is not None and before.sent_back == area and not is_new_file
        if is_same and form.get("is_unchanged") != "on":
            return False
        has_files = digest is not None or bool(before and before.files)
        if naive.is_grown(*known) and not (is_ticked and reason):
            return False
        return not naive.is_cleared(*known) or has_files or bool(reason)

    def others(self, rows, slot):
        return {key: row for key, row in rows.items() if key != slot}

    @rule(
        slot=SLOTS, which=WHICH_OFFICER, kind=st.sampled_from(["plausible", "grown", "cleared"]),
    )  # fmt: skip
    def hand_in_within_two_posts(self, slot, which, kind):
        name = self.officer(slot, which)
        form = self.form_of(name, slot)
        if form is None:
            return
        before = self.rows.get(slot)
        posts = 2 if int(form["version"]) == (before.version if before else 0) else 3
        text = {"plausible": " 3 ", "grown": "41", "cleared": "0"}[kind]
        page = ""
        for _ in range(posts):
            form |= {"area_ha": text}
            if "reason" in form:
                form["reason"] = "Permukiman baru"
            if 'name="is_confirmed"' in page:
                form["is_confirmed"] = "on"
            if 'name="is_unchanged"' in page:
                form["is_unchanged"] = "on"
            response = self.send(name, slot, dict(form), submitting=True)
            if response.status_code == 302:
                return
            page, form = response.content.decode(), drawn(response, "area_ha")
        raise AssertionError(f"{kind} cannot be handed in: {response.status_code}")

    @rule(slot=SLOTS, which=WHICH_OFFICER, is_old=st.booleans(), note=NOTES, twice=st.booleans())
    def compute(self, slot, which, is_old, note, twice):
        name = self.officer(slot, which)
        form = self.form_of(name, slot, is_old)
        if form is None:
            return
        form |= {"note": note}
        was_computed = False
        for _ in range(1 + twice):
            with self.step() as change:
                response = self.browser(name).post(f"/isian/{slot[1]}/penilaian/", form)
            before, after = change.before.get(slot), change.after.get(slot)
            has_assessments = (slot[0], slot[1]) == ("balokang", COMPUTED_YEAR)
            is_editable = before is None or before.status in EDITABLE
            is_fresh = int(form["version"]) == (before.version if before else 0)
            if was_computed or (has_assessments and is_editable and is_fresh):
                assert response.status_code == 302
            was_computed = response.status_code == 302
            if response.status_code == 302:
                assert after.typed == (COMPUTED_HA, note, form.get("reason", ""), False)
                kinds = [event[1] for event in change.new_events]
                assert kinds == (["entered"] if is_fresh else []), kinds
            else:
                assert change.is_none
                assert_shows(response, form["area_ha"], note, form.get("reason"))
                self.remember(name, slot, response)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), which=WHICH_OFFICER, age=AGES, twice=st.booleans())
    def withdraw(self, data, which, age, twice):
        slot = data.draw(st.sampled_from(sorted(self.rows)))
        name = self.officer(slot, which)
        form = {"version": self.rows[slot].version - age}
        was_done = False
        for _ in range(1 + twice):
            row, person = self.rows[slot], self.people[name].pk
            with self.step() as change:
                response = self.browser(name).post(f"/isian/{row.pk}/penarikan/", form)
            if row.status == "submitted" and form["version"] == row.version:
                assert response.status_code == 302
                ((where, what, who, before_ha, after_ha, why, _),) = change.new_events
                assert (where, what, who, why) == (slot, "withdrawn", person, "")
                after = change.after[slot]
                assert before_ha == after_ha == row.area
                assert (after.status, after.submitted_by) == ("draft", None)
                assert (after.typed, after.files) == (row.typed, row.files)
                was_done = True
                continue
            assert change.is_none
            assert_withdrawn_before(response, was_done, row.status)

    @precondition(lambda self: any(row.files for row in self.rows.values()))
    @rule(
        data=st.data(), village=VILLAGES, which=WHICH_OFFICER, note=NOTES, text=AREAS
    )  # fmt: skip
    def remove_a_photo(self, data, village, which, note, text):
        slots = sorted(slot for slot, row in self.rows.items() if row.files)
        slot = data.draw(st.sampled_from(slots))
        name = self.officer((village, 0), which)
        row = self.rows[slot]
        (pk, file), *_ = evidence_of(row)
        form = {"version": row.version}
        if name in self.world.officers[slot[0]]:
            form = (self.form_of(name, slot) or form) | {"note": note, "area_ha": text}
        with self.step() as change:
            response = self.browser(name).post(f"/bukti/{pk}/penghapusan/", form)
        if name not in self.world.officers[slot[0]]:
            assert (response.status_code, change.is_none) == (404, True)
        elif row.status not in EDITABLE:
            assert (response.status_code, change.is_none) == (302, True)
        else:
            after = change.after[slot]
            assert len(after.files) == len(row.files) - 1
            assert [(event[1], event[5]) for event in change.new_events] == [
                ("evidence_removed", file)
            ]
            page = self.browser(name).get(response["Location"])
            assert_shows(page, note, text)
            self.remember(name, slot, page)

    @rule(
        slot=SLOTS, which=WHICH_OFFICER, is_old=st.booleans(), text=AREAS, reason=REASONS,
        note=NOTES, submitting=st.booleans(), is_same=st.booleans(),
    )  # fmt: skip
    def session_ends(self, slot, which, is_old, text, reason, note, submitting, is_same):
        name = self.officer(slot, which)
        form = self.form_of(name, slot, is_old)
        if form is None:
            return
        form = self.fill(form, text=text, reason=reason, note=note, tick=False)
        page = f"/isian/{slot[1]}/"
        browser = Client()
        with self.step() as change:
            response = browser.post(page + ("pengajuan/" if submitting else ""), form)
            assert response.status_code == 302
            assert response["Location"].endswith("&tersimpan=1")
            other = {"petugas": "operator", "operator": "petugas", "tetangga": "petugas"}[name]
            signed_in = name if is_same else other
            self.sign_in(browser, signed_in, page)
            change.expect_nothing()
        shown = browser.get(page)
        if not is_same:
            assert "Isian Anda belum tersimpan" not in shown.content.decode()
            return
        self.browsers[name] = browser
        assert "Isian Anda belum tersimpan" in shown.content.decode()
        assert_shows(shown, text, note, form.get("reason"))
        self.remember(name, slot, shown)

    @rule(slot=SLOTS, who=st.sampled_from(["pemeriksa", "pengelola", "other village"]))
    def a_stranger_sends(self, slot, who):
        if who == "other village":
            who = "tetangga" if slot[0] == "balokang" else "petugas"
        query = urlencode({"desa": self.world.codes[slot[0]]})
        form = {"area_ha": "3", "version": getattr(self.rows.get(slot), "version", 0)}
        with self.step() as change:
            response = self.browser(who).post(f"/isian/{slot[1]}/pengajuan/?{query}", form)
            assert response.status_code in (403, 404)
            change.expect_nothing()

    @invariant()
    def four_eyes_hold(self):
        for row in self.rows.values():
            assert (row.verified_by is not None) == (row.status == "verified")
            assert row.verified_by is None or row.verified_by not in (
                row.entered_by,
                row.submitted_by,
            )
