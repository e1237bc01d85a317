from django.db import migrations, models

import areas.models.import_run
from kotaku.files.digested import note_digests


def note(apps, schema_editor):
    for label in ('areas.ActivityPhoto', 'areas.Evidence'):
        note_digests(apps, label, 'file', 'stored_sha256')


def forget_deleted_files(apps, schema_editor):
    """Cancelled imports named files that were deleted, so that every backup looked for them."""
    apps.get_model('areas', 'ImportRun').objects.filter(state='cancelled').update(file='')


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0008_batches'),
    ]

    operations = [
        migrations.AddField(
            model_name='activityphoto',
            name='stored_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='SHA-256 berkas tersimpan'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='stored_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='SHA-256 berkas tersimpan'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='file',
            field=models.FileField(blank=True, max_length=200, upload_to=areas.models.import_run.storage_name, verbose_name='berkas'),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
        migrations.RunPython(forget_deleted_files, migrations.RunPython.noop),
    ]
