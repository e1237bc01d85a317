"""The assessment of an RT, driven through the URLs by its village, by Bappeda, and by an admin."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from areas.assessments.steps import step_of
from areas.models import ImportRun
from areas.rules.criteria import CURRENT
from kotaku.formats import format_hectares
from tests.areas.importing.books import csv_bytes
from tests.areas.importing.test_import_assessments import HEADER
from tests.areas.public.pages import text_of
from tests.factories import WUNGU
from tests.machines.assessment_world import YEAR, content, total
from tests.machines.machine import DatabaseMachine, assert_shows, assert_withdrawn_before, drawn

OFFICERS = st.sampled_from(["petugas", "petugas", "operator"])
REVIEWERS = st.sampled_from(["pemeriksa", "pemeriksa2", "pengelola"])
RTS = st.sampled_from([1, 2])
EDITABLE = ("draft", "returned")
WHY = "Jumlah KK <belum> benar"
GENERAL = {
    "assessor": "BKM & warga", "area_ha": "2,66", "buildings": "33", "people": "168",
    "households": "42", "ideal_road_m": "400", "ideal_drainage_m": "0",
}  # fmt: skip
ASPECT_OF = {f"aspek-{aspect.number}": aspect for aspect in CURRENT.aspects}
STEPS = st.sampled_from(["umum", "aspek-1", "aspek-5", "aspek-7", "aspek-7", "pertimbangan"])
KINDS = st.sampled_from(["real", "real", "good", "too large", "empty"])


def answers(key, kind) -> tuple[dict, bool]:
    """What is typed into a step, and whether it is right for the bases of the world."""
    if key == "umum":
        wrong = {"too large": {"area_ha": "1.250"}, "empty": {"area_ha": "0"}}
        changed = {"good": {"people": "170"}} | wrong
        return GENERAL | changed.get(kind, {}), kind in ("real", "good")
    if key == "pertimbangan":
        chosen = {"real": "tinggi", "too large": "lainnya"}.get(kind, "")
        typed = {"consideration": chosen, "is_tenure_clear": "ya", "note": "Catatan <b>"}
        return typed | {"is_zoning_met": ""}, kind != "too large"
    fields = [each.field for each in ASPECT_OF[key].criteria]
    value = {"good": "0", "too large": "9999", "empty": ""}.get(kind)
    volumes = {name: str(WUNGU[name]) if value is None else value for name in fields}
    return volumes, kind in ("real", "good")


def stored(typed) -> dict:
    """What the record holds of right answers."""
    words = ("assessor", "consideration", "note")
    truths = {"ya": True, "": None}
    return {
        name: value
        if name in words
        else truths[value]
        if name.startswith("is_")
        else Decimal(value.replace(",", "."))
        for name, value in typed.items()
    }


class AssessmentMachine(DatabaseMachine):
    """Everybody together, about two RTs in one year."""

    def __init__(self, world):
        super().__init__(world)
        self.open_forms = {}

    def snapshot(self):
        return self.world.snapshot()

    def page_of(self, rt, key):
        """The address of a step; of a new assessment that of its first one."""
        if rt not in self.rows:
            return f"/penilaian/baru/?rt={self.world.rts[rt].pk}&tahun={YEAR}", "umum"
        return f"/penilaian/{self.rows[rt]['pk']}/langkah/{key}/", key

    def form_of(self, name, rt, key, is_old=False):
        """Return address, key and what the form sends: in an old tab, else newly opened."""
        if is_old and (name, rt, key) in self.open_forms:
            return self.open_forms[name, rt, key]
        page, here = self.page_of(rt, key)
        form = drawn(self.browser(name).get(page), next(iter(answers(here, "real")[0])))
        if form is None:
            return page, here, None
        self.open_forms[name, rt, here] = (page, here, form)
        return page, here, form

    @rule(
        name=OFFICERS, rt=RTS, key=STEPS, kind=KINDS, is_old=st.booleans(), twice=st.booleans(),
    )  # fmt: skip
    def save_a_step(self, name, rt, key, kind, is_old, twice):
        page, key, form = self.form_of(name, rt, key, is_old)
        if form is None:
            assert self.rows[rt]["status"] not in EDITABLE
            return
        typed, is_right = answers(key, kind)
        was_saved = False
        for _ in range(1 + twice):
            was_saved = self.save_once(
                name, rt, key, page, form | typed, typed, is_right, was_saved
            )

    def save_once(self, name, rt, key, page, form, typed, is_right, was_saved):
        with self.step() as change:
            response = self.browser(name).post(page, form)
        before, after = change.before.get(rt), change.after.get(rt)
        is_fresh = int(form["version"]) == (before["version"] if before else 0)
        is_editable = before is None or before["status"] in EDITABLE
        assert {**change.before, rt: None} == {**change.after, rt: None}
        if is_fresh and is_editable:
            assert response.status_code == (302 if is_right else 422), response.status_code
        elif was_saved:
            assert response.status_code == 302
        if response.status_code != 302:
            assert change.is_none
            assert_shows(response, *(value for value in typed.values() if value != "lainnya"))
            again = drawn(response, next(iter(typed)))
            if again is not None:
                self.open_forms[name, rt, key] = (page, key, again)
            return False
        holds = stored(typed).items() <= content(after).items()
        assert holds
        was_held = before is not None and stored(typed).items() <= content(before).items()
        if was_held or not is_fresh:
            assert change.is_none
        else:
            ((_, kind, who, *_, source),) = change.new_events
            assert (kind, who) == ("entered", self.people[name].pk)
            assert source == step_of(CURRENT, key).title
        return True

    @rule(name=OFFICERS, rt=RTS)
    def everything_can_be_filled_in_and_handed_in(self, name, rt):
        if rt in self.rows and self.rows[rt]["status"] not in EDITABLE:
            return
        for key in ("umum", *ASPECT_OF):
            row = self.rows.get(rt)
            typed, _ = answers(key, "real")
            if row and stored(typed).items() <= content(row).items():
                continue
            self.open_forms.pop((name, rt, key), None)
            page, here, form = self.form_of(name, rt, key)
            posts = 1 if int(form["version"]) == (row["version"] if row else 0) else 2
            for _ in range(posts):
                if self.save_once(name, rt, here, page, form | typed, typed, True, False):
                    break
                page, here, form = self.open_forms[name, rt, here]
            else:
                raise AssertionError(f"{key} cannot be saved")
        self.hand_in(name, rt, 0, False)
        assert self.rows[rt]["status"] == "submitted"

    @precondition(lambda self: self.rows)
    @rule(name=OFFICERS, rt=RTS, age=st.sampled_from([0, 0, 0, 1]), twice=st.booleans())
    def hand_in(self, name, rt, age, twice):
        if rt not in self.rows:
            return
        version = self.rows[rt]["version"] - age
        was_done = False
        for _ in range(1 + twice):
            row, person = self.rows[rt], self.people[name].pk
            with self.step() as change:
                page = f"/penilaian/{row['pk']}/pengajuan/"
                response = self.browser(name).post(page, {"version": version})
            is_due = row["status"] in EDITABLE and row["version"] == version
            if is_due and row["total"] is not None:
                assert response.status_code == 302
                assert [event[:3] for event in change.new_events] == [(rt, "submitted", person)]
                after = change.after[rt]
                assert (after["status"], after["submitted_by"]) == ("submitted", person)
                assert content(after) == content(row)
                was_done = True
                continue
            assert change.is_none
            assert response.status_code == 302 if was_done else response.status_code in (302, 409)
            if response.status_code == 302:
                assert (row["status"], row["submitted_by"]) == ("submitted", person)

    @precondition(lambda self: self.rows)
    @rule(name=OFFICERS, rt=RTS, age=st.sampled_from([0, 0, 0, 1]), twice=st.booleans())
    def withdraw(self, name, rt, age, twice):
        if rt not in self.rows:
            return
        version = self.rows[rt]["version"] - age
        was_done = False
        for _ in range(1 + twice):
            row, person = self.rows[rt], self.people[name].pk
            with self.step() as change:
                page = f"/penilaian/{row['pk']}/penarikan/"
                response = self.browser(name).post(page, {"version": version})
            if (row["status"], row["version"]) == ("submitted", version):
                assert response.status_code == 302
                assert [event[:3] for event in change.new_events] == [(rt, "withdrawn", person)]
                after = change.after[rt]
                assert (after["status"], after["submitted_by"]) == ("draft", None)
                assert content(after) == content(row)
                was_done = True
                continue
            assert change.is_none
            assert_withdrawn_before(response, was_done, row["status"])

    @precondition(lambda self: self.rows)
    @rule(
        rt=RTS, name=REVIEWERS, age=st.sampled_from([0, 0, 0, 1]), twice=st.booleans(),
        verb=st.sampled_from(["verifikasi", "pengembalian", "pembukaan"]),
        reason=st.sampled_from([WHY, WHY, " "]),
    )  # fmt: skip
    def decide(self, rt, name, age, twice, verb, reason):
        if rt not in self.rows:
            return
        form = {"version": self.rows[rt]["version"] - age}
        if verb != "verifikasi":
            form["reason"] = reason
        due, kind, leads_to = {
            "verifikasi": ("submitted", "verified", "verified"),
            "pengembalian": ("submitted", "returned", "returned"),
            "pembukaan": ("verified", "reopened", "returned"),
        }[verb]
        was_done = False
        for _ in range(1 + twice):
            row, person = self.rows[rt], self.people[name].pk
            with self.step() as change:
                response = self.browser(name).post(f"/penilaian/{row['pk']}/{verb}/", form)
            is_own = person in (row["entered_by"], row["submitted_by"])
            is_due = row["status"] == due and form["version"] == row["version"]
            if is_due and not is_own and (verb == "verifikasi" or reason.strip()):
                assert response.status_code == 302
                ((_, what, who, *_, why, _),) = change.new_events
                assert (what, who, why) == (kind, person, form.get("reason", ""))
                after = change.after[rt]
                assert (after["status"], content(after)) == (leads_to, content(row))
                assert after["return_reason"] == form.get("reason", "")
                was_done = True
                continue
            assert change.is_none
            if was_done:
                assert response.status_code == 302
            elif response.status_code == 302:
                assert row["verified_by"] == person or row["return_reason"] == form.get("reason")
            elif row["status"] == "draft":
                # Only of what was withdrawn may Bappeda know.
                assert response.status_code in (404, 409, 422)
            elif verb != "verifikasi":
                assert_shows(response, reason.strip())

    @rule(
        rts=st.sets(RTS, min_size=1), name=REVIEWERS, is_good=st.booleans(),
        other=st.sampled_from([None, "petugas"]),
    )  # fmt: skip
    def bring_a_file(self, rts, name, is_good, other):
        volumes = {key: Decimal(0) if is_good else value for key, value in WUNGU.items()}
        lines = [
            ["Balokang", rt, 1, YEAR, "BKM", "2,66", 33, 168, 42, 400, 0]
            + [volumes[each.field] for each in CURRENT.criteria]
            for rt in sorted(rts)
        ]
        with self.step() as change:
            file = SimpleUploadedFile("rt.csv", csv_bytes([HEADER, *lines]))
            sent = {"kind": "penilaian", "programme": self.world.programme.pk, "file": file}
            assert self.browser(name).post("/data/impor/", sent).status_code == 302
            run = ImportRun.objects.latest("pk").pk
            seen = self.browser(name).get(f"/data/impor/{run}/")
            change.expect_nothing()
        if not seen.context["can_apply"]:
            return
        moved = False
        if other:
            version = {rt: row["version"] for rt, row in self.rows.items()}
            for rt in rts & set(self.rows):
                self.hand_in(other, rt, 0, False)
            moved = any(self.rows[rt]["version"] != version[rt] for rt in rts & set(self.rows))
        with self.step() as change:
            form = {"digest": seen.context["digest"], "is_confirmed": "on", "reason": "Berkas"}
            response = self.browser(name).post(f"/data/impor/{run}/penerapan/", form)
        assert (response.status_code == 302) is not moved
        changed = {rt for rt, row in change.after.items() if row != change.before.get(rt)}
        assert changed <= (set() if moved else rts)
        for rt in changed:
            after, before = change.after[rt], change.before.get(rt)
            assert before is None or before["status"] in EDITABLE
            assert after["status"] == "submitted"
            assert after["submitted_by"] == after["entered_by"] == self.people[name].pk
            assert {key: after[key] for key in WUNGU} == volumes
            assert before is None or after["note"] == before["note"]
        kinds = [(event[0], event[1]) for event in change.new_events]
        assert sorted(kinds) == sorted((rt, "imported") for rt in changed)

    @rule(name=OFFICERS, rt=RTS, key=STEPS, kind=KINDS, is_old=st.booleans())
    def session_ends(self, name, rt, key, kind, is_old):
        page, key, form = self.form_of(name, rt, key, is_old)
        if form is None:
            return
        typed, _ = answers(key, kind)
        browser = Client()
        with self.step() as change:
            response = browser.post(page, form | typed)
            assert response["Location"].endswith("&tersimpan=1")
            self.sign_in(browser, name, page)
            change.expect_nothing()
        shown = browser.get(page)
        assert shown.status_code == 200, "what was typed is lost"
        assert_shows(shown, *(value for value in typed.values() if value != "lainnya"))
        self.browsers[name] = browser
        self.open_forms[name, rt, key] = (page, key, drawn(shown, next(iter(typed))))

    @rule(rt=RTS, key=STEPS)
    def another_village_has_no_access(self, rt, key):
        page, key = self.page_of(rt, key)
        with self.step() as change:
            response = self.browser("tetangga").post(page, answers(key, "real")[0])
            assert response.status_code == 404
            change.expect_nothing()

    @invariant()
    def scores_and_four_eyes_hold(self):
        for row in self.rows.values():
            assert row["total"] == total(row)
            assert (row["verified_by"] is not None) == (row["status"] == "verified")
            people = (row["entered_by"], row["submitted_by"])
            assert row["verified_by"] is None or row["verified_by"] not in people

    @rule()
    def public_sees_the_slum_area(self):
        official = [row for row in self.rows.values() if row["status"] == "verified"]
        slum = sum((row["area_ha"] for row in official if row["total"] >= 16), Decimal(0))
        page = text_of(Client().get(f"/desa/{self.world.village.code}/penilaian/?tahun={YEAR}"))
        if official:
            assert f"), {format_hectares(slum)} Ha" in page.split("Menurut penilaian")[1]
        else:
            assert "Menurut penilaian" not in page
