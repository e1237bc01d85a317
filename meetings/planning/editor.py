"""The forms of the page on which a meeting is planned."""

import uuid

from django.core.exceptions import ValidationError
from django.utils import timezone

from areas.models import Programme
from kotaku.formats import format_time
from kotaku.interface.fields import DayField, TimeOfDayField
from kotaku.regions.home import working_region
from meetings.detail.labels import agenda_warnings, knows_end
from meetings.detail.schedule import Slot
from meetings.models import Letterhead, Meeting
from meetings.planning import row_sources, several_days
from meetings.planning.forms import MeetingForm
from meetings.planning.members import MembersOnOffer
from meetings.planning.row_buttons import RowList, act, posted_rows
from meetings.planning.row_forms import AgendaFormSet, AgendaRowForm, ParticipantFormSet
from meetings.planning.row_sources import without_known
from meetings.planning.way import ACCESS

STRICT = {"empty_permitted": False, "use_required_attribute": False}
NO_HEADS = "Pilih dahulu periode (SK kumuh) yang sudah mempunyai desa/kelurahan, lalu ambil lagi."
TIME, DATE = TimeOfDayField(required=False), DayField(required=False)
LENGTH, DAY = (AgendaRowForm.base_fields[name] for name in ("length_minutes", "day"))
NAMES = {"acara": row_sources.AGENDA_NAMES, "peserta": row_sources.PARTICIPANT_NAMES}


class MeetingEditor:
    """Facts, agenda rows and participant rows of a meeting.

    `opened` shows a stored meeting, a copy or an empty form; `retyped` shows posted input without
    validating it, after a row button; `judged` validates posted input for saving.
    """

    def __init__(self, meeting, user, data=None):
        self.meeting = meeting
        self.user = user
        self.removed = []
        self.problem = ""
        self.focus = ""
        self.agenda_rows = self.participant_rows = []
        self.facts = self.agenda = self.participants = None
        self.members = MembersOnOffer(meeting, user, self._day(data))

    @classmethod
    def opened(cls, meeting, user, *, source=None) -> "MeetingEditor":
        """Show a stored meeting; a new one starts with the values of `source` (an earlier one)."""
        editor = cls(meeting, user)
        origin = meeting if meeting.pk else source
        if origin:
            rows = row_sources.agenda_rows(origin, as_copy=not meeting.pk)
            people = row_sources.participant_rows(origin, as_copy=not meeting.pk)
        else:
            rows, people = row_sources.usual_agenda(), []
        editor._show(initial_facts(meeting, user, source), rows, people)
        return editor

    @classmethod
    def retyped(cls, meeting, user, data, *, action="") -> "MeetingEditor":
        """Show the posted input, changed by the row button `action` if any."""
        editor = cls(meeting, user, data)
        lists = {prefix: posted_rows(data, prefix, names) for prefix, names in NAMES.items()}
        act(lists, action, row_sources.BLANK)
        editor._add_sources(lists, data, action)
        editor._add_offers(lists["acara"], data)
        facts = {name: data.get(name, "") for name in MeetingForm.base_fields}
        facts["villages"] = data.getlist("villages")
        editor._show(facts, lists["acara"].rows, lists["peserta"].rows)
        editor.removed = editor._removed(lists)
        editor.focus = focus_of(action, lists)
        return editor

    @classmethod
    def judged(cls, meeting, user, data) -> "MeetingEditor":
        """Bind the forms to the posted input; `is_valid` says whether it can be saved."""
        editor = cls(meeting, user, data)
        lists = {prefix: posted_rows(data, prefix, names) for prefix, names in NAMES.items()}
        data = data.copy()
        editor._append(data, "acara", editor._chosen_offers(lists["acara"].rows, data))
        ticked = editor.members.rows("", data)
        editor._append(data, "peserta", without_known(ticked, lists["peserta"].rows))
        editor.facts = MeetingForm(data, user=user, meeting=meeting)
        editor.agenda = AgendaFormSet(data, prefix="acara", form_kwargs=STRICT)
        editor.participants = ParticipantFormSet(data, prefix="peserta", form_kwargs=STRICT)
        editor.agenda_rows, editor.participant_rows = lists["acara"].rows, lists["peserta"].rows
        editor.removed = editor._removed(lists)
        return editor

    def is_valid(self) -> bool:
        """Validate all three parts, so that all errors are reported at once."""
        parts = (self.facts, self.agenda, self.participants)
        verdicts = [part.is_valid() for part in parts]
        if verdicts[0] and verdicts[1]:
            several_days.check_agenda(self.agenda, self.facts.day_count())
            verdicts += [not row.errors for row in self.agenda]
        return all(verdicts)

    @property
    def shows_days(self) -> bool:
        """Whether the agenda asks for the day of each item."""
        days = [str(row.get("day") or "1") for row in self.agenda_rows]
        return bool(self.facts["last_day"].value()) or any(day.strip() != "1" for day in days)

    def content(self) -> dict:
        """Return the values for `create_meeting` and `update_meeting` in `store`."""
        return {
            "facts": self.facts.facts(),
            "villages": self.facts.cleaned_data["villages"],
            "agenda": [form.cleaned_data for form in self.agenda],
            "participants": [form.cleaned_data for form in self.participants],
        }

    def problems(self) -> list[tuple[str, str]]:
        """Return every error as (field id, message), for the error summary."""
        found = [("", self.problem)] if self.problem else []
        if not self.facts.is_bound:
            return found
        for formset in (self.agenda, self.participants):
            found += [("", sentence) for sentence in formset.non_form_errors()]
        named = [("", self.facts)]
        named += [(f"Acara {number}, ", form) for number, form in enumerate(self.agenda, 1)]
        named += [(f"Peserta {number}, ", form) for number, form in enumerate(self.participants, 1)]
        for name, form in named:
            for field in form:
                where = f"{name}{field.label}"
                found += [(field.id_for_label, f"{where}: {sentence}") for sentence in field.errors]
        return found

    def warnings(self) -> list[str]:
        """Return what is odd in the times of the agenda, as far as they can be read."""
        rows = [
            (
                row.get("title") or "tanpa nama",
                Slot(
                    _clean(TIME, row.get("starts_at")),
                    _clean(LENGTH, row.get("length_minutes")),
                    _clean(DAY, row.get("day")) or 1,
                ),
            )
            for row in self.agenda_rows
        ]
        first, last = (_clean(TIME, self.facts[name].value()) for name in ("starts", "ends"))
        days = several_days.count(
            *(_clean(DATE, self.facts[name].value()) for name in ("day", "last_day"))
        )
        return agenda_warnings(first, last, rows, days)

    def offers(self):
        """Return open points of earlier meetings that are not on this agenda yet."""
        return row_sources.offers(self.user, except_meeting=self.meeting, rows=self.agenda_rows)

    def missing_members(self):
        """Return the members of the working group that are not among the participants yet."""
        return self.members.missing(self.participant_rows)

    def _day(self, data):
        """Return the day of the meeting as typed, else as stored; None while there is none."""
        if data is not None:
            return _clean(DATE, data.get("day"))
        return self.meeting.day if self.meeting.pk else None

    def _show(self, facts, rows, people):
        self.facts = MeetingForm(initial=facts, user=self.user, meeting=self.meeting)
        self.agenda_rows, self.participant_rows = rows, people
        self.agenda = AgendaFormSet(initial=rows, prefix="acara", form_kwargs=STRICT)
        self.participants = ParticipantFormSet(initial=people, prefix="peserta", form_kwargs=STRICT)

    def _removed(self, lists):
        letters = {"acara": "a", "peserta": "p"}
        # Posted keys of removed rows already start with their list's letter; new ones do not.
        keys = [
            key if key[:1].isalpha() else letters[prefix] + str(key)
            for prefix, rows in lists.items()
            for key in rows.removed
        ]
        return sorted(set(keys))

    def _add_sources(self, lists, data, action):
        people = lists["peserta"]
        found = []
        if action == "peserta-kepala":
            programmes = Programme.objects.of(self.user).filter(pk=_id(data, "programme"))
            found = row_sources.head_rows(programmes.first(), self.user)
            if not found:
                self.problem = NO_HEADS
        elif action == "peserta-rapat":
            earlier = Meeting.objects.visible_to(self.user).filter(pk=_id(data, "ambil_dari"))
            found = row_sources.participant_rows(earlier.first(), as_copy=True) if earlier else []
        for rows in (found, self.members.rows(action, data)):
            for row in without_known(rows, people.rows):
                people.add(row)

    def _add_offers(self, agenda: RowList, data):
        for row in self._chosen_offers(agenda.rows, data):
            agenda.add(row)

    def _chosen_offers(self, rows, data):
        chosen = set(data.getlist("usul"))
        if not chosen:
            return []
        offered = row_sources.offers(self.user, except_meeting=self.meeting, rows=rows)
        return [offer.row for offer in offered if offer.key in chosen]

    def _append(self, data, prefix, rows):
        """Add ticked offers to the posted rows, even if their own button was not pressed."""
        count = len(posted_rows(data, prefix, NAMES[prefix]).rows)
        for number, row in enumerate(rows, count):
            for name, value in row.items():
                data[f"{prefix}-{number}-{name}"] = "" if value is None else str(value)
        data[f"{prefix}-TOTAL_FORMS"] = str(count + len(rows))


def initial_facts(meeting, user, source=None) -> dict:
    """Return the form's initial values; a copy has no date, link, letter number or state."""
    origin = meeting if meeting.pk else source
    if origin is None:
        region = working_region(user)
        # A province's own meetings belong to no city's period unless the planner chooses one.
        is_of_city = region is None or not region.is_summed
        return {
            "organiser": Letterhead.of(region).office if region else "",
            "programme": Programme.objects.inside(region).current() if is_of_city else None,
            "letter_nature": "Biasa",
            "uid": uuid.uuid4(),
        }
    facts = {name: getattr(origin, name) for name in MeetingForm.Meta.fields}
    facts |= {"villages": list(origin.villages.all()), "programme": origin.programme_id}
    facts["chair_user"] = origin.chair_user_id
    if origin.is_time_known:
        facts["starts"] = _clock(origin.starts_at)
        facts["ends"] = _clock(origin.ends_at) if knows_end(origin) else None
    if meeting.pk:
        last_day = meeting.last_day if meeting.day_count > 1 else None
        facts |= {"day": meeting.day, "last_day": last_day}
        return facts | {"version": meeting.version, "uid": meeting.uid}
    # The earlier participants know the earlier link.
    own = {"source": Meeting.Source.OWN, "letter_number": "", "letter_date": None}
    own |= dict.fromkeys(ACCESS, "")
    return facts | own | {"uid": uuid.uuid4()}


def focus_of(action: str, lists) -> str:
    """Return the id of the field to focus after a row button."""
    prefix, _, rest = action.partition("-")
    if prefix not in lists or not lists[prefix].rows:
        return ""
    verb, _, number = rest.partition("-")
    last = len(lists[prefix].rows) - 1
    step = {"naik": -1, "turun": 1}.get(verb, 0)
    row = min(max(int(number) + step, 0), last) if number.isdecimal() else last
    return f"id_{prefix}-{row}-{'title' if prefix == 'acara' else 'name'}"


def _clean(field, value):
    """Return what a field reads, None where it refuses."""
    try:
        return field.clean("" if value is None else str(value))
    except ValidationError:
        return None


def _clock(moment):
    return format_time(timezone.localtime(moment)).split("\u00a0")[0]


def _id(data, name):
    value = data.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 18 else None
