"""The yearly figure once more: what Bappeda and an admin do with it, and what the public sees."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from areas.models import ImportRun
from kotaku.formats import format_hectares
from kotaku.requests import kept_forms
from tests.areas.importing.books import HEADER, csv_bytes
from tests.factories import ALL_MARKS
from tests.machines import naive
from tests.machines.figure_machine import AGES, AREAS, REASONS, REVIEWERS, SLOTS, EntryMachine
from tests.machines.machine import assert_shows, drawn
from tests.machines.naive import EDITABLE, TYPED

WHY = "Foto <kurang> jelas"
# One line of the chart's table: the year, what is left, and how many are verified.
LINE = re.compile(r'(?s)<tr><th scope="row">(\d{4})</th><td>([\d.,]+)</td>.*?<td>([^<]*)</td></tr>')


class FigureMachine(EntryMachine):
    """Everybody together."""

    def __init__(self, world):
        super().__init__(world)
        self.previews = []

    @precondition(lambda self: self.rows)
    @rule(
        data=st.data(), name=REVIEWERS, verb=st.sampled_from(["verifikasi", "pengembalian"]),
        age=AGES, twice=st.booleans(), reason=st.sampled_from([WHY, "  "]),
        ticked=st.sampled_from([ALL_MARKS, ALL_MARKS, "", "on"]),
    )  # fmt: skip
    def decide(self, data, name, verb, age, twice, reason, ticked):
        slot = data.draw(st.sampled_from(sorted(self.rows)))
        form = {"version": self.rows[slot].version - age}
        if verb == "pengembalian":
            form["reason"] = reason
        else:
            form["ticked"] = ticked
        was_done = False
        for _ in range(1 + twice):
            was_done = self.decide_once(slot, name, verb, form, was_done)

    def decide_once(self, slot, name, verb, form, was_done):
        person, row = self.people[name].pk, self.rows[slot]
        with self.step() as change:
            response = self.browser(name).post(f"/isian/{row.pk}/{verb}/", form)
        after = change.after[slot]
        if verb == "verifikasi":
            known = (self.rows, self.world.baselines, slot)
            is_said = form["ticked"] == ALL_MARKS or row.area is None or not naive.has_marks(*known)
        else:
            is_said = form["reason"].strip()
        is_own = person in (row.entered_by, row.submitted_by)
        is_due = row.status == "submitted" and form["version"] == row.version
        if is_due and is_said and not is_own:
            assert response.status_code == 302
            kind = {"verifikasi": "verified", "pengembalian": "returned"}[verb]
            ((where, what, who, before_ha, after_ha, why, _),) = change.new_events
            assert (where, what, who, why) == (slot, kind, person, form.get("reason", ""))
            assert before_ha == after_ha == row.area == after.area
            assert (after.status, after.typed) == (kind, row.typed)
            assert after.return_reason == form.get("reason", "")
            self.public_sees_the_sums()
            return True
        assert change.is_none
        assert response.status_code == 302 if was_done else response.status_code in (
            302, 404, 409, 422,
        )  # fmt: skip
        if response.status_code == 302:
            # What was clicked before.
            assert row.verified_by == person or row.return_reason == form.get("reason")
        elif response.status_code != 404 and verb == "pengembalian":
            assert_shows(response, form["reason"].strip())
        return was_done

    @precondition(lambda self: any(row.status == "verified" for row in self.rows.values()))
    @rule(data=st.data(), name=REVIEWERS, text=AREAS, reason=REASONS, age=AGES)
    def correct(self, data, name, text, reason, age):
        slots = sorted(slot for slot, row in self.rows.items() if row.status == "verified")
        slot = data.draw(st.sampled_from(slots))
        row, person, area = self.rows[slot], self.people[name].pk, TYPED[text]
        page = f"/isian/{row.pk}/koreksi/"
        form = drawn(self.browser(name).get(page), "area_ha")
        assert int(form["version"]) == row.version
        form |= {"area_ha": text, "reason": reason, "version": row.version - age}
        is_own = person in (row.entered_by, row.submitted_by)
        is_right = area not in (None, ..., row.area) and reason and not is_own and not age
        for post in (1, 2):
            is_grown = area not in (None, ...) and self.needs(slot, area)[0]
            with self.step() as change:
                response = self.browser(name).post(page, form)
            if is_right and not (is_grown and post == 1):
                assert response.status_code == 302
                assert change.new_events == [
                    (slot, "corrected", person, row.area, area, reason, "")
                ]
                after = change.after[slot]
                assert (after.status, after.area, after.reason) == ("verified", area, row.reason)
                self.public_sees_the_sums()
                return
            assert response.status_code in (409, 422)
            assert change.is_none
            assert_shows(response, text, reason)
            form = drawn(response, "area_ha") | {"is_confirmed": "on", "version": row.version - age}

    @precondition(lambda self: any(row.status != "draft" for row in self.rows.values()))
    @rule(data=st.data(), name=REVIEWERS, text=AREAS, reason=REASONS, corrects=st.booleans())
    def session_ends_over_a_decision(self, data, name, text, reason, corrects):
        decided = sorted(slot for slot, row in self.rows.items() if row.status != "draft")
        row = self.rows[data.draw(st.sampled_from(decided))]
        page, address = f"/verifikasi/{row.pk}/", f"/isian/{row.pk}/pengembalian/"
        typed = {"reason": reason}
        if corrects and row.status == "verified":
            page = address = f"/isian/{row.pk}/koreksi/"
            typed["area_ha"] = text
        note = {"version": row.version, "_owner": kept_forms.owner_note(self.people[name])}
        browser = Client()
        with self.step() as change:
            response = browser.post(address, typed | note)
            assert response["Location"].endswith("&tersimpan=1")
            self.sign_in(browser, name, page)
            assert_shows(browser.get(page), *typed.values())
            change.expect_nothing()

    @rule(
        name=REVIEWERS, slots=st.lists(SLOTS, min_size=1, max_size=2, unique=True), data=st.data(),
        reason=REASONS, is_applied_now=st.booleans(), as_verified=st.booleans(),
    )  # fmt: skip
    def bring_a_file(self, name, slots, data, reason, is_applied_now, as_verified):
        areas = st.sampled_from(["12,5", "29,99", "41", "0"])
        said = {slot: data.draw(areas) for slot in slots}
        lines = [
            [self.world.codes[village], year, text, reason.replace("&", "dan")]
            for (village, year), text in said.items()
        ]
        content = csv_bytes([[HEADER[0], *HEADER[2:], "Alasan"], *lines])
        query = "?verifikasi=1" if as_verified and name == "pengelola" else ""
        with self.step() as change:
            file = SimpleUploadedFile("rekap.csv", content)
            sent = {"kind": "angka", "programme": self.world.programme.pk, "file": file}
            assert self.browser(name).post("/data/impor/", sent).status_code == 302
            run = ImportRun.objects.latest("pk")
            seen = self.browser(name).get(f"/data/impor/{run.pk}/{query}")
            change.expect_nothing()
        if seen.context["can_apply"]:
            preview = (name, run.pk, query, seen.context["digest"], said, dict(self.rows))
            if is_applied_now:
                self.carry_out(preview, must=True)
            else:
                self.previews.append(preview)

    @precondition(lambda self: self.previews)
    @rule(data=st.data())
    def apply_a_file_later(self, data):
        preview = data.draw(st.sampled_from(range(len(self.previews))))
        self.carry_out(self.previews[preview])

    def carry_out(self, preview, must=False):
        name, run, query, digest, said, seen = preview
        page = f"/data/impor/{run}/penerapan/{query}"
        form = {"digest": digest, "is_confirmed": "on", "reason": "Menurut berkas"}
        with self.step() as change:
            response = self.browser(name).post(page, form)
        changed = {slot for slot, row in change.after.items() if row != change.before.get(slot)}
        assert changed <= set(said)
        assert change.is_none or response.status_code == 302
        assert response.status_code == 302 if must else response.status_code in (302, 409, 422)
        for slot in changed:
            before, after = change.before.get(slot), change.after[slot]
            assert before == seen.get(slot), "what was seen is not what is applied"
            assert after.area == TYPED[said[slot]]
            kinds = [event[1] for event in change.new_events if event[0] == slot]
            reasons = [event[5] for event in change.new_events if event[0] == slot]
            if before is not None and before.status not in EDITABLE:
                assert (before.status, kinds) == ("verified", ["corrected"])
                assert reasons[0]
                continue
            assert kinds == ["imported", "verified"] if query else ["imported"]
            assert after.status == ("verified" if query else "submitted")
            if not query:
                assert after.entered_by == after.submitted_by == self.people[name].pk
            grown = naive.is_grown(change.before, self.world.baselines, *slot, after.area)
            assert not grown or (after.is_confirmed and after.reason)
            assert reasons[0] == after.reason or (before and after.reason == before.reason)
        if changed:
            self.public_sees_the_sums()

    @rule()
    def public_sees_the_sums(self):
        expected = {
            year: (format_hectares(total), f"{verified} dari 2")
            for year, (total, verified) in naive.totals(self.rows, self.world.baselines).items()
        }
        page = Client().get("/").content.decode()
        table = page[page.index("Akhir tahun</th>") :]
        table = table[: table.index("</table>")]
        shown = {int(year): (left, verified) for year, left, verified in LINE.findall(table)}
        assert shown.pop(2016)[0] == format_hectares(sum(self.world.baselines.values()))
        assert shown == expected
