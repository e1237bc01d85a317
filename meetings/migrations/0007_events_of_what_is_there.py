"""Write the history of minutes and attachments as far as their own rows remember it.

Who called a meeting off or published a report before this is not known: their rows name only who
changed them last.
"""

from django.db import migrations


def fill(apps, schema_editor):
    """Write what was handed in, decided and attached."""
    MeetingEvent = apps.get_model("meetings", "MeetingEvent")
    events = []

    def note(row, kind, actor, at, text=""):
        events.append(
            MeetingEvent(meeting_id=row.meeting_id, kind=kind, actor_id=actor, at=at, text=text)
        )

    decided = {"approved": "approve", "returned": "return"}
    for minutes in apps.get_model("meetings", "Minutes").objects.exclude(submitted_at=None):
        note(minutes, "submit", minutes.submitted_by_id, minutes.submitted_at)
        if minutes.state in decided:
            kind, reason = decided[minutes.state], minutes.return_reason
            note(minutes, kind, minutes.decided_by_id, minutes.decided_at, reason)
    for attachment in apps.get_model("meetings", "Attachment").objects.all():
        by, at = attachment.uploaded_by_id, attachment.uploaded_at
        note(attachment, "attach", by, at, attachment.name)
    MeetingEvent.objects.bulk_create(sorted(events, key=lambda event: event.at), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_events"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
