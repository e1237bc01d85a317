from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0015_online_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='meetingevent',
            name='meeting_event_text_where_required',
        ),
        migrations.AlterField(
            model_name='meetingevent',
            name='kind',
            field=models.CharField(choices=[('schedule', 'Rapat: menjadwalkan'), ('finish', 'Rapat: menandai selesai'), ('cancel', 'Rapat: membatalkan'), ('reopen', 'Rapat: membuka kembali'), ('discard', 'Rapat: membuang draf'), ('restore', 'Rapat: memulihkan draf'), ('submit', 'Notulen: mengajukan'), ('withdraw', 'Notulen: menarik kembali'), ('approve', 'Notulen: mengesahkan'), ('return', 'Notulen: mengembalikan'), ('correct', 'Rapat: memperbaiki sumbernya'), ('attach', 'Lampiran: menambah'), ('detach', 'Lampiran: menghapus'), ('untick', 'Penyerahan: menarik centang')], max_length=10, verbose_name='peristiwa'),
        ),
        migrations.AlterField(
            model_name='meetingevent',
            name='text',
            field=models.TextField(blank=True, verbose_name='alasan, nama berkas atau penerima'),
        ),
        migrations.AddConstraint(
            model_name='meetingevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('cancel', 'return', 'attach', 'detach', 'correct', 'untick')), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='meeting_event_text_where_required', violation_error_message='Tulis alasan, nama berkas, atau penerimanya.'),
        ),
    ]
