"""What must hold between the tables of meetings, kept by the database."""

from kotaku.integrity.rules import Change, Rule

MEETING = "JOIN meetings_meeting AS meeting ON meeting.id = {}.meeting_id"
LOCKED = "Notulen yang disahkan hanya dapat diberi adendum."

RULES = [
    Rule(
        "minutes_of_held_meeting",
        f"""meetings_minutes AS minutes {MEETING.format("minutes")}
        WHERE minutes.state IN ('submitted', 'approved') AND meeting.state <> 'done'""",
        "Hanya rapat yang sudah selesai mempunyai notulen yang diajukan atau disahkan.",
    ),
    Rule(
        "news_without_minutes",
        f"""meetings_minutes AS minutes {MEETING.format("minutes")}
        WHERE meeting.source = 'news' AND minutes.state IN ('submitted', 'returned', 'approved')""",
        "Rapat yang disusun dari berita tidak mempunyai notulen.",
    ),
    Rule(
        "news_without_decisions",
        f"""meetings_decision AS decision {MEETING.format("decision")}
        WHERE meeting.source = 'news'""",
        "Rapat yang disusun dari berita tidak mempunyai keputusan.",
    ),
    Rule(
        "decision_of_own_item",
        """meetings_decision AS decision
        JOIN meetings_agendaitem AS item ON item.id = decision.agenda_item_id
        WHERE item.meeting_id <> decision.meeting_id""",
        "Keputusan diambil pada acara rapatnya sendiri.",
    ),
    Rule(
        "item_on_day_of_meeting",
        f"""meetings_agendaitem AS item {MEETING.format("item")}
        WHERE item.day - 1 > COALESCE(DAY_OF(meeting.ends_at) - DAY_OF(meeting.starts_at), 0)""",
        "Acara berlangsung pada salah satu hari rapatnya. Ubah dahulu hari acaranya, atau tambah "
        "hari rapatnya.",
    ),
    Rule(
        "item_continues_other_meeting",
        """meetings_agendaitem AS item
        JOIN meetings_agendaitem AS earlier ON earlier.id = item.continues_id
        WHERE earlier.meeting_id = item.meeting_id""",
        "Acara melanjutkan acara rapat yang lain.",
    ),
    Rule(
        "addendum_of_approved_minutes",
        """meetings_addendum AS addendum
        JOIN meetings_minutes AS minutes ON minutes.id = addendum.minutes_id
        WHERE minutes.state <> 'approved'""",
        "Adendum hanya ditulis untuk notulen yang sudah disahkan.",
    ),
    Rule(
        "delivery_to_own_participant",
        """meetings_delivery AS delivery
        JOIN meetings_participant AS person ON person.id = delivery.participant_id
        WHERE person.meeting_id <> delivery.meeting_id""",
        "Pesan tentang rapat dikirim kepada peserta rapat itu.",
    ),
    Rule(
        "delivery_of_own_addendum",
        """meetings_delivery AS delivery
        JOIN meetings_addendum AS addendum ON addendum.id = delivery.addendum_id
        JOIN meetings_minutes AS minutes ON minutes.id = addendum.minutes_id
        WHERE minutes.meeting_id <> delivery.meeting_id""",
        "Pesan tentang adendum menyebut adendum rapatnya sendiri.",
    ),
    Rule(
        "reply_of_own_participant",
        """meetings_reply AS reply
        JOIN meetings_participant AS person ON person.id = reply.participant_id
        WHERE person.meeting_id <> reply.meeting_id""",
        "Undangan rapat dijawab oleh peserta rapat itu.",
    ),
    Rule(
        "follow_up_in_region",
        f"""meetings_followup AS task
        JOIN meetings_decision AS decision ON decision.id = task.decision_id
        {MEETING.format("decision")}
        JOIN kotaku_region AS region ON region.id = meeting.region_id
        JOIN areas_village AS village ON village.id = task.village_id
        JOIN areas_district AS district ON district.id = village.district_id
        JOIN kotaku_region AS home ON home.id = district.region_id
        WHERE region.kind <> 'nation' AND home.id <> region.id AND home.parent_id <> region.id""",
        "Tindak lanjut adalah tugas desa/kelurahan di wilayah rapatnya.",
    ),
    Rule(
        "discarded_without_decisions",
        f"""meetings_decision AS decision {MEETING.format("decision")}
        WHERE meeting.state = 'discarded'""",
        "Rapat yang dibuang tidak mempunyai keputusan.",
    ),
    Rule(
        "discarded_without_reports",
        f"""meetings_article AS article {MEETING.format("article")}
        WHERE meeting.state = 'discarded' AND article.state <> 'discarded'""",
        "Rapat yang dibuang tidak mempunyai berita.",
    ),
    Rule(
        "origin_of_own_decision",
        """meetings_activityorigin AS origin
        JOIN meetings_followup AS task ON task.id = origin.follow_up_id
        WHERE task.decision_id <> origin.decision_id""",
        "Tindak lanjut asal suatu kegiatan adalah bagian dari keputusan asalnya.",
    ),
]

APPROVED = """EXISTS (SELECT 1 FROM meetings_minutes AS minutes
    WHERE minutes.meeting_id = {}.meeting_id AND minutes.state = 'approved')"""

# A meeting that turns out to be known from the news only has no minutes: `none`.
CHANGES = [
    Change(
        "approved_minutes_stay",
        "meetings_minutes",
        "UPDATE",
        "OLD.state = 'approved' AND NEW.state <> 'none'",
        LOCKED,
    ),
    Change("approved_minutes_kept", "meetings_minutes", "DELETE", "OLD.state = 'approved'", LOCKED),
    Change(
        "notes_of_approved_minutes",
        "meetings_agendaitem",
        "UPDATE OF title, notes, is_discussed",
        APPROVED.format("OLD"),
        LOCKED,
    ),
    Change(
        "follow_up_of_approved_minutes",
        "meetings_followup",
        "UPDATE OF what, decision_id",
        """EXISTS (SELECT 1 FROM meetings_minutes AS minutes
        JOIN meetings_decision AS decision ON decision.meeting_id = minutes.meeting_id
        WHERE decision.id = OLD.decision_id AND minutes.state = 'approved')
        AND (OLD.what <> NEW.what OR OLD.decision_id <> NEW.decision_id)""",
        LOCKED,
    ),
    *(
        Change(
            f"decision_of_approved_minutes_{event.lower()}",
            "meetings_decision",
            event,
            APPROVED.format(row),
            LOCKED,
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ),
]
