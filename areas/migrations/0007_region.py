import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the region; 0008 fills it, 0009 insists on it."""

    dependencies = [
        ("kotaku", "0005_region"),
        ("areas", "0006_board_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="district",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="districts",
                to="kotaku.region",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="programmes",
                to="kotaku.region",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.DeleteModel(name="DistrictYear"),
        migrations.CreateModel(
            name="ProgrammeYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun (0: baseline)")),
                ("delta_ares", models.BigIntegerField(verbose_name="perubahan luas (are)")),
                ("counted", models.IntegerField(verbose_name="jumlah desa/kelurahan")),
                ("cleared_delta", models.IntegerField(verbose_name="perubahan jumlah yang tuntas")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="summary",
                        to="areas.programme",
                        verbose_name="periode",
                    ),
                ),
            ],
            options={
                "verbose_name": "ringkasan periode",
                "verbose_name_plural": "ringkasan periode",
                "ordering": ["programme", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "year"),
                        name="programme_year_once",
                        violation_error_message="Ringkasan ini sudah ada.",
                    )
                ],
            },
        ),
    ]
