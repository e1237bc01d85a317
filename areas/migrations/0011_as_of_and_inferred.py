import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0010_twelve_decimals"),
    ]

    operations = [
        migrations.AddField(
            model_name="baseline",
            name="is_inferred",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Tidak diumumkan sendiri, tetapi disimpulkan dari angka lain yang diumumkan."
                ),
                verbose_name="disimpulkan",
            ),
        ),
        migrations.AddField(
            model_name="yearlyfigure",
            name="as_of",
            field=models.DateField(
                blank=True,
                help_text="Kosong berarti keadaan akhir tahun.",
                null=True,
                verbose_name="keadaan per tanggal",
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="declared_ha",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=10,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="total luas kumuh yang tercatat (Ha)",
            ),
        ),
        migrations.AddIndex(
            model_name="yearlyfigure",
            index=models.Index(
                condition=models.Q(("as_of__isnull", False)), fields=["year"], name="figure_dated"
            ),
        ),
    ]
