import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kotaku", "0004_data_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Kabupaten/kota: 32.79. Provinsi: 32. Negara: ID.",
                        max_length=5,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(ID|\\d{2}(\\.\\d{2})?)$", "Tulis kode seperti 32.79 atau 32."
                            )
                        ],
                        verbose_name="kode Kemendagri",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Tanpa jenisnya: Banjar, Jawa Barat.",
                        max_length=80,
                        verbose_name="nama",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nation", "Negara"),
                            ("province", "Provinsi"),
                            ("regency", "Kabupaten"),
                            ("city", "Kota"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="Provinsi dari kabupaten/kota ini.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="kotaku.region",
                        verbose_name="bagian dari",
                    ),
                ),
            ],
            options={
                "verbose_name": "wilayah",
                "verbose_name_plural": "wilayah",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=("nation", "province", "regency", "city")),
                        name="region_kind_known",
                        violation_error_message="Jenis wilayah tidak dikenal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("nation", "province")), ("parent__isnull", True)
                            ),
                            models.Q(("kind__in", ("regency", "city")), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="region_in_province",
                        violation_error_message=(
                            "Kabupaten atau kota adalah bagian dari sebuah provinsi; "
                            "provinsi dan negara bukan bagian dari wilayah lain."
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="region",
            field=models.ForeignKey(
                blank=True,
                help_text="Kosong: semua wilayah di aplikasi ini.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="kotaku.region",
                verbose_name="wilayah",
            ),
        ),
    ]
