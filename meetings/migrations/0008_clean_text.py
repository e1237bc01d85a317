"""Take characters out of the texts that stop feeds and calendar files; forms refuse new ones."""

from django.db import migrations

from kotaku.interface.stored_text import clean_stored_text

# What happened is not rewritten.
HISTORY = ("MeetingEvent", "ArticleEvent")


def clean(apps, schema_editor):
    clean_stored_text(apps, "meetings", except_models=HISTORY)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_events_of_what_is_there")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop, elidable=True)]
