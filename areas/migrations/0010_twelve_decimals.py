from decimal import Decimal

import django.core.validators
from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import LPad

from kotaku.interface.stored_text import clean_stored_text, settle

HISTORY = ("ActivityEvent", "AssessmentEvent", "BaselineEvent", "BoardEvent", "FigureEvent")


def pad(apps, schema_editor):
    """Write 6 as 006, the normal form of what was a number."""
    Neighbourhood = apps.get_model("areas", "Neighbourhood")
    Neighbourhood.objects.update(rt=LPad("rt", 3, Value("0")), rw=LPad("rw", 3, Value("0")))
    settle(schema_editor)


def clean(apps, schema_editor):
    """Take invisible characters out of the texts; what happened is not rewritten."""
    clean_stored_text(apps, "areas", except_models=HISTORY)
    settle(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0009_region_required"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="neighbourhood",
            name="neighbourhood_numbers",
        ),
        migrations.AlterField(
            model_name="activity",
            name="realised_volume",
            field=models.DecimalField(
                blank=True,
                decimal_places=12,
                max_digits=22,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="volume terlaksana",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="volume",
            field=models.DecimalField(
                blank=True,
                decimal_places=12,
                max_digits=22,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="volume",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="area_ha",
            field=models.DecimalField(
                decimal_places=12, max_digits=20, verbose_name="luas RT (Ha)"
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="building_density_ha",
            field=models.DecimalField(
                blank=True,
                decimal_places=12,
                max_digits=20,
                null=True,
                verbose_name="1b kepadatan bangunan (Ha)",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="drainage_flooded_ha",
            field=models.DecimalField(
                blank=True,
                decimal_places=12,
                max_digits=20,
                null=True,
                verbose_name="4a ketidakmampuan mengalirkan limpasan air (Ha)",
            ),
        ),
        migrations.AlterField(
            model_name="figurebasis",
            name="area_ha",
            field=models.DecimalField(
                decimal_places=12, max_digits=20, verbose_name="luas RT (Ha)"
            ),
        ),
        migrations.AlterField(
            model_name="improvement",
            name="volume",
            field=models.DecimalField(
                decimal_places=12,
                max_digits=22,
                validators=[django.core.validators.MinValueValidator(Decimal("1E-12"))],
                verbose_name="volume yang diperbaiki",
            ),
        ),
        migrations.AlterField(
            model_name="neighbourhood",
            name="rt",
            field=models.CharField(max_length=12, verbose_name="RT"),
        ),
        migrations.AlterField(
            model_name="neighbourhood",
            name="rw",
            field=models.CharField(max_length=12, verbose_name="RW"),
        ),
        migrations.RunPython(pad, migrations.RunPython.noop),
        migrations.RunPython(clean, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="neighbourhood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rt__gte", "001"), ("rt__lt", "A"), ("rw__gte", "001"), ("rw__lt", "A")
                ),
                name="neighbourhood_labels",
                violation_error_message="Nomor RT dan RW harus antara 1 dan 999.",
            ),
        ),
    ]
