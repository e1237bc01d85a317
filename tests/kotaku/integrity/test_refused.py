"""Every table with what its database refuses: each invalid state is tried in raw SQL.

Beside these, `test_values` tries every column of every table with values that it cannot mean, and
the tests of constraints try each constraint of a single row.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from kotaku.integrity import history, rules, triggers
from tests.kotaku.integrity.rows import fill_every_table

VALUE, NEVER, TWICE = "a value is none", "lines of history never change", "unique"
VILLAGE = "(SELECT id FROM areas_village WHERE code = '32.07.01.2001')"
RT = f"(SELECT id FROM areas_neighbourhood WHERE village_id = {VILLAGE})"
REGION = "(SELECT id FROM kotaku_region WHERE code = '32.07')"
PROVINCE = "(SELECT id FROM kotaku_region WHERE code = '32')"
PERIOD = "(SELECT id FROM areas_programme WHERE slug = 'ciamis')"
CLOSE = "UPDATE areas_programme SET is_current = false, is_closed = true WHERE is_current"
NOW = "CURRENT_TIMESTAMP"


def changed(table, columns, where="true"):
    """Return an UPDATE of the first row that matches."""
    return f"UPDATE {table} SET {columns} WHERE id = (SELECT min(id) FROM {table} WHERE {where})"


def copied(table, where="true", **columns):
    """Return an INSERT of the first row that matches once more, with these columns changed."""
    (model,) = (each for each in triggers.house_models() if each._meta.db_table == table)
    names = [f.column for f in model._meta.local_concrete_fields if not f.primary_key]
    quoted = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(columns.get(name, f'"{name}"') for name in names)
    one = f"id = (SELECT min(id) FROM {table} WHERE {where})"
    return f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE {one}"


def of_history(table):
    return {
        "a line of history changed": (NEVER, f"UPDATE {table} SET id = id"),
        "a line of history deleted": (NEVER, f"DELETE FROM {table}"),
    }


def refused():
    """Return table -> what it refuses -> (words of the refusal, SQL; several run in order)."""
    figure, event = "areas_yearlyfigure", "areas_figureevent"
    sample = (
        "baseline_id IN (SELECT b.id FROM areas_baseline b JOIN areas_programme p "
        "ON p.id = b.programme_id WHERE p.is_sample)"
    )
    minutes, approved = "meetings_minutes", "state = 'approved'"
    of_approved = f"meeting_id = (SELECT meeting_id FROM {minutes} WHERE {approved})"
    enterer = f"(SELECT entered_by_id FROM {figure} WHERE {figure}.id = figure_id)"
    apply = changed(
        "areas_importrun",
        f"state = 'applied', applied_by_id = uploaded_by_id, applied_at = {NOW}",
    )
    assessor = "(SELECT a.entered_by_id FROM areas_assessment a WHERE a.id = assessment_id)"
    return {
        "areas_activity": {
            "a village that its RTs are not of": (
                "improvement_in_village",
                changed("areas_activity", f"village_id = {VILLAGE}",
                        "id IN (SELECT activity_id FROM areas_improvement)"),
            ),
            "an unknown state": (VALUE, changed("areas_activity", "status = 'lain'")),
        },
        "areas_activityevent": of_history("areas_activityevent") | {
            "an unknown kind": (VALUE, copied("areas_activityevent", kind="'lain'")),
        },
        "areas_activityphoto": {
            "a photo of nothing": (VALUE, changed("areas_activityphoto", "file = ''")),
            "a stage between": (VALUE, changed("areas_activityphoto", "stage = 25")),
        },
        "areas_assessment": {
            "a year ahead": ("assessment_not_ahead", changed("areas_assessment", "year = 2099")),
            "later than the figure from it": (
                "basis_of_same_village",
                changed("areas_assessment", "year = 2025",
                        "id IN (SELECT assessment_id FROM areas_figurebasis)"),
            ),
            "NaN hectares": (VALUE, changed("areas_assessment", "area_ha = 'NaN'")),
            "verified by who entered it": (
                "assessment_four_eyes",
                changed("areas_assessment", "verified_by_id = entered_by_id",
                        "status = 'verified'"),
            ),
        },
        "areas_assessmentevent": of_history("areas_assessmentevent") | {
            "verified by who entered it": (
                "assessment_event_four_eyes",
                copied("areas_assessmentevent", kind="'verified'", actor_id=assessor),
            ),
        },
        "areas_baseline": {
            "a village of another region": (
                "baseline_in_region", changed("areas_baseline", f"village_id = {VILLAGE}"),
            ),
            "a period of another region": (
                "baseline_in_region", changed("areas_baseline", f"programme_id = {PERIOD}"),
            ),
            "NaN hectares": (VALUE, changed("areas_baseline", "area_ha = 'NaN'")),
        },
        "areas_baselineevent": of_history("areas_baselineevent") | {
            "a village of another region": (
                "baseline_event_in_region", copied("areas_baselineevent", village_id=VILLAGE),
            ),
        },
        "areas_boardevent": of_history("areas_boardevent"),
        "areas_boundary": {"a village twice": (TWICE, copied("areas_boundary"))},
        "areas_communityboard": {
            "a village twice": (TWICE, copied("areas_communityboard")),
            "an unknown grade": (VALUE, changed("areas_communityboard", "independence = 'lain'")),
        },
        "areas_district": {
            "a province as its kabupaten": (
                "district_in_regency", changed("areas_district", f"region_id = {PROVINCE}", "code = '32.07.01'"),
            ),
            "a kabupaten that its villages' periods are not of": (
                "baseline_in_region", changed("areas_district", f"region_id = {REGION}"),
            ),
        },
        "areas_evidence": {
            "a sixth file": ("evidence_slot_range", changed("areas_evidence", "slot = 6")),
            "evidence of nothing": (VALUE, changed("areas_evidence", "file = ''")),
        },
        "areas_figurebasis": {
            "an assessment of another village": (
                "basis_of_same_village",
                ("UPDATE areas_figurebasis SET figure_id = (SELECT min(f.id) FROM "
                f"{figure} f JOIN areas_baseline b ON b.id = f.baseline_id WHERE b.village_id <> "
                "(SELECT rt.village_id FROM areas_assessment a JOIN areas_neighbourhood rt "
                "ON rt.id = a.neighbourhood_id WHERE a.id = assessment_id))"),
            ),
        },
        event: of_history(event) | {
            "an unknown kind": (VALUE, copied(event, kind="'lain'")),
            "corrected by who entered it": (
                "figure_event_four_eyes",
                copied(event, kind="'corrected'", reason="'x'", actor_id=enterer),
            ),
        },
        "areas_figurereminder": {
            "a village of another region": (
                "reminder_in_region", copied("areas_figurereminder", village_id=VILLAGE),
            ),
        },
        "areas_funding": {
            "NaN rupiah": (VALUE, changed("areas_funding", "planned_idr = 'NaN'")),
            "an unknown source": (VALUE, changed("areas_funding", "source = 'utang'")),
        },
        "areas_importpart": {"a part twice": (TWICE, copied("areas_importpart"))},
        "areas_importreading": {
            "more rows read than there are": (
                "import_reading_within_rows",
                changed("areas_importreading", "done_rows = rows + 1"),
            ),
            "an import twice": (TWICE, copied("areas_importreading")),
        },
        "areas_importrun": {
            "applied by no account": (
                "import_applied_paired",
                changed("areas_importrun", "state = 'applied'"),
            ),
            "applied twice": (
                "import_changed_once",
                apply,
                changed(
                    "areas_importrun",
                    "state = 'previewed', applied_by_id = NULL, applied_at = NULL",
                ),
            ),
            "deleted after it was applied": (
                "import_applied_kept",
                apply,
                "DELETE FROM areas_importrun",
            ),
        },
        "areas_improvement": {
            "an RT of another village": (
                "improvement_in_village",
                changed("areas_improvement", f"neighbourhood_id = {RT}"),
            ),
        },
        "areas_neighbourhood": {
            "a village that figures from it are not of": (
                "basis_of_same_village",
                changed("areas_neighbourhood", f"village_id = {VILLAGE}",
                        "id IN (SELECT a.neighbourhood_id FROM areas_assessment a JOIN "
                        "areas_figurebasis b ON b.assessment_id = a.id) AND id NOT IN "
                        "(SELECT neighbourhood_id FROM areas_improvement)"),
            ),
            "real although its figure is a sample": (
                "basis_of_same_village",
                changed("areas_neighbourhood", "is_sample = false",
                        "id IN (SELECT a.neighbourhood_id FROM areas_assessment a JOIN "
                        "areas_figurebasis b ON b.assessment_id = a.id) AND id NOT IN "
                        "(SELECT neighbourhood_id FROM areas_improvement)"),
            ),
            "a label that is not in its normal form": (
                VALUE, changed("areas_neighbourhood", "rt = '6'"),
            ),
        },
        "areas_programme": {
            "both current and closed": (
                "programme_closed_not_current",
                changed("areas_programme", "is_closed = true", "is_current"),
            ),
            "a province": (
                "programme_of_regency", changed("areas_programme", f"region_id = {PROVINCE}",
                                                "slug = 'ciamis'"),
            ),
            "a region that its villages are not of": (
                "baseline_in_region",
                changed("areas_programme", f"region_id = {REGION}", "is_sample"),
            ),
            "a baseline year after its figures": (
                "figure_after_baseline",
                changed("areas_programme", "baseline_year = 2018", "is_sample"),
            ),
            "the year 1800": (VALUE, changed("areas_programme", "baseline_year = 1800")),
        },
        "areas_programmeyear": {"a year twice": (TWICE, copied("areas_programmeyear"))},
        "areas_question": {
            "a village that its record is not of": (
                "question_of_village", changed("areas_question", f"village_id = {VILLAGE}"),
            ),
        },
        "areas_questionevent": of_history("areas_questionevent"),
        "areas_village": {
            "a kecamatan that its periods are not of": (
                "baseline_in_region",
                changed("areas_village",
                        "district_id = (SELECT id FROM areas_district WHERE code = '32.07.01')"),
            ),
            "a latitude of text": (VALUE, changed("areas_village", "latitude = 'utara'")),
        },
        "areas_village_officers": {"an officer twice": (TWICE, copied("areas_village_officers"))},
        "areas_villagesupport": {
            "the year 1800": (VALUE, changed("areas_villagesupport", "year = 1800")),
        },
        figure: {
            "NaN hectares": (VALUE, changed(figure, "area_ha = 'NaN'")),
            "text as hectares": (VALUE, changed(figure, "area_ha = 'sekitar dua'")),
            "the year 1800": (VALUE, changed(figure, "year = 1800")),
            "the baseline's year": ("figure_after_baseline", changed(figure, "year = 2016", sample)),
            "a year ahead": ("figure_not_ahead", changed(figure, "year = 2099")),
            "verified by who entered it": (
                "figure_four_eyes",
                changed(figure, "verified_by_id = entered_by_id", "status = 'verified'"),
            ),
            "a new one in a closed period": (
                "figure_in_open_period", CLOSE, copied(figure, sample, year="2020"),
            ),
            "an entry in a closed period": (
                "entry_in_open_period", CLOSE,
                changed(figure, "area_ha = 1", f"status = 'draft' AND {sample}"),
            ),
            "growth submitted without a confirmation": (
                "growth_submitted_confirmed", changed(figure, "area_ha = 9999", "status = 'submitted'"),
            ),
            "growth entered without a confirmation": (
                "growth_entered_confirmed",
                copied(figure, f"status = 'submitted' AND {sample}", area_ha="9999", year="2020"),
            ),
            "a withdrawal in a closed period": (
                "entry_in_open_period", CLOSE,
                changed(figure, "status = 'draft', submitted_by_id = NULL, submitted_at = NULL",
                        f"status = 'submitted' AND {sample}"),
            ),
        },
        "areas_yeartarget": {"NaN hectares": (VALUE, changed("areas_yeartarget", "area_ha = 'NaN'"))},
        "kotaku_auditevent": of_history("kotaku_auditevent") | {
            "an unknown kind": (VALUE, copied("kotaku_auditevent", kind="'lain'")),
        },
        "kotaku_codeapp": {
            "an app without a secret": ("null", "UPDATE kotaku_codeapp SET secret = NULL"),
        },
        "kotaku_contact": {
            "no way to reach it": (
                "contact_can_be_reached",
                changed("kotaku_contact", "phone = '', whatsapp = '', email = '', address = ''"),
            ),
        },
        "kotaku_dataversion": {"text": (VALUE, changed("kotaku_dataversion", "token = 'satu'"))},
        "kotaku_recoverycode": {
            "a day that does not exist": (
                VALUE, changed("kotaku_recoverycode", "used_at = '2020-02-31 10:00:00'"),
            ),
        },
        "kotaku_region": {
            "its own parent": (
                "region_in_province", changed("kotaku_region", "parent_id = id", "kind = 'city'"),
            ),
            "a circle": (
                "region_in_province",
                f"UPDATE kotaku_region SET kind = 'city', parent_id = {REGION} WHERE code = '32'",
            ),
            "a kabupaten without a province": (
                "region_in_province",
                changed("kotaku_region", "parent_id = NULL", "kind = 'city'"),
            ),
            "an unknown kind": (VALUE, changed("kotaku_region", "kind = 'pulau'")),
        },
        "kotaku_sentform": {"a form twice": (TWICE, copied("kotaku_sentform"))},
        "kotaku_user": {
            "a name that differs by case": (
                VALUE, copied("kotaku_user", "username = 'bappeda'", username="'Bappeda'"),
            ),
            "a name that differs by the case of another alphabet's letter": (
                VALUE, copied("kotaku_user", username="'BÉ'"),
            ),
            "an unknown role": (VALUE, changed("kotaku_user", "role = 'raja'")),
        },
        "kotaku_user_groups": {"a group twice": (TWICE, copied("kotaku_user_groups"))},
        "kotaku_user_user_permissions": {
            "a permission twice": (TWICE, copied("kotaku_user_user_permissions")),
        },
        "meetings_activityorigin": {
            "a follow-up of another decision": (
                "origin_of_own_decision",
                changed("meetings_activityorigin",
                        "follow_up_id = (SELECT min(id) FROM meetings_followup WHERE decision_id "
                        "<> (SELECT min(decision_id) FROM meetings_activityorigin))"),
            ),
        },
        "meetings_addendum": of_history("meetings_addendum") | {
            "an addition to minutes that are not approved": (
                "addendum_of_approved_minutes",
                copied("meetings_addendum",
                       minutes_id=f"(SELECT min(id) FROM {minutes} WHERE state = 'draft')"),
            ),
        },
        "meetings_agendaitem": {
            "an item that continues itself": (
                "item_continues_other_meeting", changed("meetings_agendaitem", "continues_id = id"),
            ),
            "an item after the last day": (
                "item_on_day_of_meeting", changed("meetings_agendaitem", "day = 2"),
            ),
            "a new item after the last day": (
                "item_on_day_of_meeting",
                copied("meetings_agendaitem", day="2", order='"order" + 100'),
            ),
            "notes of approved minutes changed": (
                "notes_of_approved_minutes",
                changed("meetings_agendaitem", "notes = 'lain'", of_approved),
            ),
        },
        "meetings_article": {
            "published without a day": (
                "article_published_has_date", changed("meetings_article", "published_at = NULL"),
            ),
            "a report about a discarded meeting": (
                "discarded_without_reports",
                changed("meetings_meeting", "state = 'discarded'", "state = 'scheduled'"),
                changed("meetings_article",
                        "meeting_id = (SELECT id FROM meetings_meeting WHERE state = 'discarded')"),
            ),
        },
        "meetings_articleevent": of_history("meetings_articleevent"),
        "meetings_attachment": {
            "a file of an unknown type": (
                VALUE, changed("meetings_attachment", "content_type = 'text/html'"),
            ),
        },
        "meetings_calendarfeed": {"a person twice": (TWICE, copied("meetings_calendarfeed"))},
        "meetings_decision": {
            "a decision on an item of another meeting": (
                "decision_of_own_item",
                copied("meetings_decision",
                       meeting_id="(SELECT min(id) FROM meetings_meeting WHERE state = 'scheduled')"),
            ),
            "a decision of a meeting from the news": (
                "news_without_decisions",
                copied("meetings_decision", agenda_item_id="NULL",
                       meeting_id="(SELECT id FROM meetings_meeting WHERE source = 'news')"),
            ),
            "a decision of a discarded meeting": (
                "discarded_without_decisions",
                changed("meetings_meeting", "state = 'discarded'", "state = 'scheduled'"),
                copied("meetings_decision", agenda_item_id="NULL",
                       meeting_id="(SELECT id FROM meetings_meeting WHERE state = 'discarded')"),
            ),
            "added to approved minutes": (
                "decision_of_approved_minutes_insert", copied("meetings_decision", of_approved),
            ),
            "changed in approved minutes": (
                "decision_of_approved_minutes_update",
                changed("meetings_decision", "text = 'lain'", of_approved),
            ),
            "deleted from approved minutes": (
                "decision_of_approved_minutes_delete",
                f"DELETE FROM meetings_decision WHERE {of_approved}",
            ),
        },
        "meetings_decision_villages": {
            "a village twice": (TWICE, copied("meetings_decision_villages")),
        },
        "meetings_followup": {
            "a village of another region": (
                "follow_up_in_region", changed("meetings_followup", f"village_id = {VILLAGE}"),
            ),
            "another task after its minutes were approved": (
                "follow_up_of_approved_minutes",
                changed("meetings_followup", "what = 'lain'", f"decision_id IN (SELECT id FROM "
                        f"meetings_decision WHERE {of_approved})"),
            ),
            "an unknown state": (VALUE, changed("meetings_followup", "state = 'lain'")),
        },
        "meetings_followupevidence": {
            "a file twice": (TWICE, copied("meetings_followupevidence")),
            "a file of an unknown type": (
                VALUE, changed("meetings_followupevidence", "content_type = 'text/html'"),
            ),
        },
        "meetings_followupreminder": {"a day twice": (TWICE, copied("meetings_followupreminder"))},
        "meetings_letterhead": {"a region twice": (TWICE, copied("meetings_letterhead"))},
        "meetings_meeting": {
            "without the last day of its agenda": (
                "item_on_day_of_meeting",
                changed("meetings_meeting", "ends_at = '2101-01-01 00:00Z'", "state = 'scheduled'"),
                changed("meetings_agendaitem", "day = 2", "meeting_id = (SELECT id FROM "
                        "meetings_meeting WHERE ends_at = '2101-01-01 00:00Z')"),
                changed("meetings_meeting", "ends_at = NULL", "ends_at = '2101-01-01 00:00Z'"),
            ),
            "a first day so late that its agenda is longer": (
                "item_on_day_of_meeting",
                changed("meetings_meeting", "ends_at = '2101-01-01 00:00Z'", "state = 'scheduled'"),
                changed("meetings_agendaitem", "day = 2", "meeting_id = (SELECT id FROM "
                        "meetings_meeting WHERE ends_at = '2101-01-01 00:00Z')"),
                changed("meetings_meeting", "starts_at = '2100-12-31 23:00Z'",
                        "ends_at = '2101-01-01 00:00Z'"),
            ),
            "an end before the start": (
                "meeting_end_after_start", changed("meetings_meeting", "ends_at = '2001-01-01 00:00Z'"),
            ),
            "not held although its minutes are approved": (
                "minutes_of_held_meeting",
                changed("meetings_meeting", "state = 'scheduled'",
                        f"id = (SELECT meeting_id FROM {minutes} WHERE {approved})"),
            ),
        },
        "meetings_meeting_villages": {
            "a village twice": (TWICE, copied("meetings_meeting_villages")),
        },
        "meetings_meetingevent": of_history("meetings_meetingevent") | {
            "an unknown kind": (VALUE, copied("meetings_meetingevent", kind="'lain'")),
        },
        minutes: {
            "approved by who handed them in": (
                "minutes_four_eyes",
                changed(minutes, f"state = 'returned', return_reason = 'x', submitted_by_id = "
                        f"changed_by_id, submitted_at = {NOW}, decided_by_id = changed_by_id, "
                        f"decided_at = {NOW}", "state = 'draft'"),
            ),
            "handed in for a meeting that was not held": (
                "minutes_of_held_meeting",
                changed(minutes, f"state = 'submitted', submitted_by_id = changed_by_id, "
                        f"submitted_at = {NOW}", "state = 'draft'"),
            ),
            "returned although the meeting is known from the news only": (
                "news_without_minutes",
                changed(minutes, f"state = 'returned', return_reason = 'x', submitted_by_id = "
                        f"changed_by_id, submitted_at = {NOW}, decided_by_id = "
                        f"(SELECT max(id) FROM kotaku_user), decided_at = {NOW}", "state = 'none'"),
            ),
            "changed after they were approved": (
                "approved_minutes_stay", changed(minutes, "conclusion = 'lain'", approved),
            ),
            "deleted after they were approved": (
                "approved_minutes_kept", f"DELETE FROM {minutes} WHERE {approved}",
            ),
        },
        "meetings_delivery": {
            "an unknown state": (VALUE, changed("meetings_delivery", "state = 'hilang'")),
            "to a participant of another meeting": (
                "delivery_to_own_participant",
                changed("meetings_delivery", "participant_id = (SELECT min(id) FROM "
                        "meetings_participant WHERE meeting_id <> meetings_delivery.meeting_id)"),
            ),
            "about an addendum of another meeting": (
                "delivery_of_own_addendum",
                changed("meetings_delivery", "kind = 'addendum', participant_id = NULL, "
                        "addendum_id = (SELECT min(addendum.id) FROM meetings_addendum addendum "
                        "JOIN meetings_minutes minutes ON minutes.id = addendum.minutes_id "
                        "WHERE minutes.meeting_id <> meetings_delivery.meeting_id)"),
            ),
        },
        "meetings_participant": {
            "an unknown group": (VALUE, changed("meetings_participant", "unsur = 'raja'")),
        },
        "meetings_pokjadecree": {
            "a number twice in its region": (TWICE, copied("meetings_pokjadecree")),
            "an end before the start": (
                "pokja_decree_ends_after_start",
                changed("meetings_pokjadecree", "valid_to = '2001-01-01'"),
            ),
        },
        "meetings_pokjaevent": of_history("meetings_pokjaevent") | {
            "an unknown kind": (VALUE, copied("meetings_pokjaevent", kind="'lain'")),
        },
        "meetings_pokjamember": {
            "an unknown place": (VALUE, changed("meetings_pokjamember", "role = 'raja'")),
            "a name twice": (TWICE, copied("meetings_pokjamember")),
        },
        "meetings_progressnote": of_history("meetings_progressnote"),
        "meetings_reply": {
            "an unknown answer": (VALUE, changed("meetings_reply", "answer = 'mungkin'")),
            "of a participant of another meeting": (
                "reply_of_own_participant",
                changed("meetings_reply", "participant_id = (SELECT min(id) FROM "
                        "meetings_participant WHERE meeting_id <> meetings_reply.meeting_id)"),
            ),
        },
        "meetings_sentreminder": {"a day twice": (TWICE, copied("meetings_sentreminder"))},
    }  # fmt: skip


def refusal(statements) -> str:
    """Return the words with which the last statement is refused; "" if it is accepted."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                assert cursor.rowcount, statement
    except DatabaseError as error:
        return str(error)
    return ""


def is_expected(wanted, said) -> bool:
    """PostgreSQL refuses text for a number by the column's type."""
    if wanted == VALUE:
        return VALUE in said or "invalid input" in said or "out of range" in said
    return wanted.lower() in said.lower()


@pytest.fixture
def rows(db):
    fill_every_table()


def test_every_table_refuses_what_must_never_be(rows):
    tables = {model._meta.db_table for model in triggers.house_models()}
    assert set(refused()) == tables
    wrong = {
        f"{table}: {what}": said
        for table, entries in refused().items()
        for what, (wanted, *statements) in entries.items()
        if not is_expected(wanted, said := refusal(statements))
    }
    assert wrong == {}


def test_every_rule_between_tables_is_tried():
    tried = {wanted for entries in refused().values() for wanted, *_ in entries.values()}
    assert {each.name for each in (*rules.RULES, *rules.CHANGES)} <= tried
    history_tables = {model._meta.db_table for model in history.history_models()}
    assert history_tables == {
        table for table, entries in refused().items() if "a line of history changed" in entries
    }
