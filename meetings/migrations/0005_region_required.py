import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_region_of_what_is_there"),
    ]

    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="kotaku.region",
                verbose_name="wilayah",
            ),
        ),
        migrations.DeleteModel(name="Letterhead"),
        migrations.RenameModel(old_name="RegionLetterhead", new_name="Letterhead"),
    ]
