import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0008_region_of_what_is_there"),
    ]

    operations = [
        migrations.AlterField(
            model_name="district",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="districts",
                to="kotaku.region",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="programmes",
                to="kotaku.region",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="name",
            field=models.CharField(max_length=120, verbose_name="nama periode"),
        ),
        migrations.RemoveConstraint(
            model_name="programme",
            name="programme_one_current",
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("region",),
                name="programme_one_current",
                violation_error_message=(
                    "Sudah ada periode berjalan lain. Lepaskan tanda di sana lebih dahulu."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                fields=("region", "name"),
                name="programme_name_once",
                violation_error_message="Sudah ada periode dengan nama ini di kabupaten/kota itu.",
            ),
        ),
    ]
