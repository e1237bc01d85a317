from django.db import migrations, models

from kotaku.files.digested import note_digests

FIELDS = (
    ('meetings.Article', 'photo', 'photo_sha256'),
    ('meetings.Attachment', 'file', 'stored_sha256'),
    ('meetings.Letterhead', 'logo', 'logo_sha256'),
)


def note(apps, schema_editor):
    for label, file_field, digest_field in FIELDS:
        note_digests(apps, label, file_field, digest_field)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0005_kinds'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='photo_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='SHA-256 berkas tersimpan'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='stored_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='SHA-256 berkas tersimpan'),
        ),
        migrations.AddField(
            model_name='letterhead',
            name='logo_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='SHA-256 berkas tersimpan'),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
