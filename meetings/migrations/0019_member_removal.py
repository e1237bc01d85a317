from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0018_several_days")]

    operations = [
        migrations.AlterField(
            model_name="pokjaevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("add", "SK Pokja: mencatat"),
                    ("change", "SK Pokja: mengubah"),
                    ("copy", "SK Pokja: menyalin anggota"),
                    ("import", "Anggota Pokja: mengimpor"),
                    ("member_add", "Anggota Pokja: menambah"),
                    ("member_change", "Anggota Pokja: mengubah"),
                    ("member_remove", "Anggota Pokja: menghapus"),
                ],
                max_length=14,
                verbose_name="peristiwa",
            ),
        )
    ]
