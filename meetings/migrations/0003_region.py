import django.db.models.deletion
from django.db import migrations, models

import meetings.models.papers


class Migration(migrations.Migration):
    """Room for the region, and a letterhead for each; 0004 fills them, 0005 insists on them."""

    dependencies = [
        ("areas", "0009_region_required"),
        ("meetings", "0002_activity_origin"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="kotaku.region",
                verbose_name="wilayah",
            ),
        ),
        migrations.CreateModel(
            name="RegionLetterhead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "government",
                    models.CharField(
                        help_text="Pemerintah Kota Banjar",
                        max_length=120,
                        verbose_name="baris pertama",
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        default="Badan Perencanaan Pembangunan Daerah",
                        help_text="Juga penyelenggara yang diusulkan untuk rapat baru.",
                        max_length=160,
                        verbose_name="nama kantor",
                    ),
                ),
                (
                    "address",
                    models.TextField(
                        blank=True,
                        help_text="Alamat, telepon, surel; tampil di bawah nama kantor.",
                        verbose_name="alamat",
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        help_text="Banjar, 8 November 2016",
                        max_length=60,
                        verbose_name="kota pada tanggal surat",
                    ),
                ),
                (
                    "logo",
                    models.FileField(
                        blank=True,
                        upload_to=meetings.models.papers.logo_name,
                        validators=[meetings.models.papers.validate_logo],
                        verbose_name="logo",
                    ),
                ),
                (
                    "region",
                    models.OneToOneField(
                        error_messages={
                            "unique": "Wilayah ini sudah mempunyai kop surat; ubah yang sudah ada."
                        },
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letterhead",
                        to="kotaku.region",
                        verbose_name="wilayah",
                    ),
                ),
            ],
            options={
                "verbose_name": "kop surat",
                "verbose_name_plural": "kop surat",
                "ordering": ["region__code"],
            },
        ),
    ]
