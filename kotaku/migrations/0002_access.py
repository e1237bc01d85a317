"""One full name with title instead of first and last name; the contact of each region."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Concat, Trim

import kotaku.models.contact


def join(apps, schema_editor):
    """Write first and last name into the full name, with one space between them."""
    people = apps.get_model("kotaku", "User").objects.using(schema_editor.connection.alias)
    people.update(full_name=Trim(Concat(Trim("first_name"), Value(" "), Trim("last_name"))))


def part(apps, schema_editor):
    """Give the full name back as far as the two fields hold it, split at a space."""
    people = apps.get_model("kotaku", "User").objects.using(schema_editor.connection.alias)
    for person in people.exclude(full_name=""):
        name = person.full_name
        at = name.rfind(" ", 0, 151) if len(name) > 150 else -1
        first, last = (name, "") if at < 0 else (name[:at], name[at + 1 :])
        people.filter(pk=person.pk).update(first_name=first[:150], last_name=last[:150])


class Migration(migrations.Migration):
    dependencies = [("kotaku", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="full_name",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Dengan gelar, misalnya H. Asep Suryana, S.Sos.",
                max_length=301,
                verbose_name="nama lengkap",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(join, part),
        migrations.RemoveField(model_name="user", name="first_name"),
        migrations.RemoveField(model_name="user", name="last_name"),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        help_text="Bappeda Kota Banjar", max_length=120, verbose_name="kantor"
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True,
                        help_text="Boleh kosong. Tampil untuk umum.",
                        max_length=120,
                        verbose_name="nama orang",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="(0265) 123456",
                        max_length=30,
                        validators=[kotaku.models.contact.phone_number],
                        verbose_name="telepon",
                    ),
                ),
                (
                    "whatsapp",
                    models.CharField(
                        blank=True,
                        help_text="0812-3456-7890",
                        max_length=30,
                        validators=[kotaku.models.contact.whatsapp_number],
                        verbose_name="WhatsApp",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "address",
                    models.CharField(blank=True, max_length=200, verbose_name="alamat"),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="Senin–Jumat, 08.00–15.30 WIB",
                        max_length=80,
                        verbose_name="jam layanan",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Kontak karangan; di halaman diberi tanda “contoh”.",
                        verbose_name="contoh",
                    ),
                ),
                (
                    "region",
                    models.OneToOneField(
                        error_messages={
                            "unique": "Wilayah ini sudah mempunyai kontak; ubah yang sudah ada."
                        },
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact",
                        to="kotaku.region",
                        verbose_name="wilayah",
                    ),
                ),
            ],
            options={
                "verbose_name": "kontak",
                "verbose_name_plural": "kontak",
                "ordering": ["region__code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(phone="", whatsapp="", email="", address=""),
                        name="contact_can_be_reached",
                        violation_error_message=kotaku.models.contact.NO_WAY,
                    )
                ],
            },
        ),
    ]
