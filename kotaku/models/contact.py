"""Whom people of a region ask for help."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from kotaku.models.region import Region
from kotaku.phones import international, phone_url, whatsapp_url

NO_WAY = "Isi paling sedikit satu cara menghubungi: telepon, WhatsApp, email, atau alamat."


def phone_number(text: str) -> None:
    """Raise ValidationError for what cannot be called."""
    if not phone_url(text):
        raise ValidationError(
            "Tulis satu nomor telepon, misalnya (0265) 123456 atau 0812-3456-7890."
        )


def whatsapp_number(text: str) -> None:
    """Raise ValidationError for what WhatsApp cannot find."""
    if not international(text):
        raise ValidationError("Tulis satu nomor WhatsApp, misalnya 0812-3456-7890.")


class Contact(models.Model):
    """The contact of a region, shown at the bottom of each page; empty lines are left out."""

    region_path = "region"
    version_topic = "frame"

    region = models.OneToOneField(
        Region,
        on_delete=models.PROTECT,
        related_name="contact",
        verbose_name="wilayah",
        error_messages={"unique": "Wilayah ini sudah mempunyai kontak; ubah yang sudah ada."},
    )
    office = models.CharField("kantor", max_length=120, help_text="Misalnya: Bappeda.")
    person = models.CharField(
        "nama orang", max_length=120, blank=True, help_text="Boleh kosong. Tampil untuk umum."
    )
    phone = models.CharField(
        "telepon", max_length=30, blank=True, validators=[phone_number], help_text="(0265) 123456"
    )
    whatsapp = models.CharField(
        "WhatsApp",
        max_length=30,
        blank=True,
        validators=[whatsapp_number],
        help_text="0812-3456-7890",
    )
    email = models.EmailField("email", blank=True)
    address = models.CharField("alamat", max_length=200, blank=True)
    hours = models.CharField(
        "jam layanan", max_length=80, blank=True, help_text="Senin–Jumat, 08.00–15.30 WIB"
    )
    is_sample = models.BooleanField(
        "contoh", default=False, help_text="Kontak karangan; di halaman diberi tanda “contoh”."
    )

    class Meta:
        verbose_name = "kontak"
        verbose_name_plural = "kontak"
        ordering = ["region__code"]
        constraints = [
            models.CheckConstraint(
                name="contact_can_be_reached",
                condition=~models.Q(phone="", whatsapp="", email="", address=""),
                violation_error_message=NO_WAY,
            ),
        ]

    def __str__(self):
        return self.office

    @property
    def hours_text(self) -> str:
        """The hours; a word joiner keeps "08.00–15.30" on one line."""
        return re.sub(r"(?<=\d)–(?=\d)", "–\u2060", self.hours)

    @property
    def phone_url(self) -> str:
        """The link that calls the office; "" without a phone."""
        return phone_url(self.phone)

    @property
    def whatsapp_url(self) -> str:
        """The link that opens WhatsApp; "" without a number."""
        return whatsapp_url(self.whatsapp) if self.whatsapp else ""
