from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0013_pokja'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='chair_nip',
            field=models.CharField(blank=True, max_length=30, verbose_name='NIP pimpinan rapat'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='letter_copies',
            field=models.TextField(blank=True, max_length=2000, verbose_name='tembusan'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minute_taker_nip',
            field=models.CharField(blank=True, max_length=30, verbose_name='NIP notulis'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='content_type',
            field=models.CharField(choices=[('image/jpeg', 'image/jpeg'), ('image/png', 'image/png'), ('image/webp', 'image/webp'), ('application/pdf', 'application/pdf'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'), ('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/vnd.openxmlformats-officedocument.presentationml.presentation')], max_length=80, verbose_name='jenis berkas'),
        ),
    ]
