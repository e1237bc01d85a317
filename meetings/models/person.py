"""A person as lists of people name them: by name, or by position if the name is missing."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Unsur(models.TextChoices):
    """The group a participant belongs to; reports count participants by group."""

    BAPPEDA = "bappeda", "Bappeda"
    OPD = "opd", "Perangkat daerah lain"
    DPRD = "dprd", "DPRD"
    KOTAKU = "kotaku", "Pendamping KOTAKU"
    DESA = "desa", "Desa"
    KELURAHAN = "kelurahan", "Kelurahan"
    BKM = "bkm", "BKM/LKM"
    LSM = "lsm", "LSM"
    PRIVATE = "private", "Swasta"
    ACADEMIA = "academia", "Perguruan tinggi/praktisi"
    OTHER = "other", "Lainnya"


class Person(models.Model):
    """A person with organisation, group and contacts.

    Phone and e-mail are personal data, visible to Bappeda only.
    """

    class Sex(models.TextChoices):
        MALE = "L", "L"
        FEMALE = "P", "P"

    name = models.CharField("nama", max_length=120, blank=True)
    position = models.CharField("jabatan", max_length=160, blank=True)
    organisation = models.CharField("instansi/lembaga", max_length=160)
    unsur = models.CharField("unsur", max_length=20, choices=Unsur, default=Unsur.OTHER)
    sex = models.CharField("L/P", max_length=1, choices=Sex, blank=True)
    phone = models.CharField("nomor HP", max_length=30, blank=True)
    email = models.EmailField("email", blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or f"{self.position}, {self.organisation}"

    @property
    def display_name(self) -> str:
        """The name, or the position if the name is unknown."""
        return self.name or self.position


PERSON_FIELDS = ("name", "position", "organisation", "unsur", "sex", "phone", "email")


def listed_once(prefix: str, within: str, *, called: str, twins: tuple[str, str]) -> list:
    """Return the constraints of a list of people: each once, and known by name or position.

    `within` is the field of the list. `twins` are the sentences for a name and for a position that
    is there already.
    """
    return [
        models.UniqueConstraint(
            within,
            Lower("name"),
            Lower("organisation"),
            condition=~Q(name=""),
            name=f"{prefix}_name_once",
            violation_error_message=twins[0],
        ),
        models.UniqueConstraint(
            within,
            Lower("position"),
            Lower("organisation"),
            condition=Q(name=""),
            name=f"{prefix}_position_once",
            violation_error_message=twins[1],
        ),
        models.CheckConstraint(
            name=f"{prefix}_somebody",
            condition=~Q(name="") | ~Q(position=""),
            violation_error_message=f"Tulis nama atau jabatan {called}.",
        ),
    ]
