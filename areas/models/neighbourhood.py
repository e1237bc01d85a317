"""The RTs of a village, the units of the official assessment."""

from django import forms
from django.db import models
from django.db.models import Q

from areas.models.village import Village
from areas.rules.rt_label import MAX_LENGTH, InvalidLabel, normal_label
from kotaku.models.normal_text import NormalTextField


class LabelFormField(forms.CharField):
    """The name of an RT or RW as typed; the cleaned value is its normal form."""

    def __init__(self, **kwargs):
        # Input may be longer than the normal form: "RT 006".
        kwargs["max_length"] = 40
        super().__init__(**kwargs)
        self.error_messages["required"] = "Tulis nomornya, misalnya 6 atau 06A."
        self.widget.attrs.update(autocomplete="off")

    def to_python(self, value):
        """Return the normal form; raise ValidationError if the text is no label."""
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return normal_label(text)
        except InvalidLabel as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class LabelField(NormalTextField):
    """The name of an RT or RW: `006`, `006A`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": MAX_LENGTH, **kwargs})

    def normal(self, text):
        """Return `006` for `6`, `006A` for `06a`."""
        try:
            return normal_label(text)
        except InvalidLabel:
            return text

    def stored_form(self, vendor):
        """Return that it is three digits, and letters or digits after a first letter."""
        if vendor == "sqlite":
            return (
                "({0} GLOB '[0-9][0-9][0-9]' OR {0} GLOB '[0-9][0-9][0-9][A-Z]*' "
                "AND substr({0}, 4) NOT GLOB '*[^A-Z0-9]*')"
            )
        return "{} ~ '^[0-9]{{3}}([A-Z][A-Z0-9]*)?$'"

    def formfield(self, **kwargs):
        """Return the form field for labels."""
        return super().formfield(**{"form_class": LabelFormField, **kwargs})


class NeighbourhoodQuerySet(models.QuerySet):
    """RTs are public; editing is limited to their village's officers."""

    def editable_by(self, user):
        """Return the RTs of this officer's villages."""
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()

    def of_kind(self, *, sample: bool):
        """Return sample or real RTs; the two are never added up together."""
        return self.filter(is_sample=sample)


class Neighbourhood(models.Model):
    """A rukun tetangga (RT) in its rukun warga (RW), the smallest area that is assessed."""

    region_path = "village__district__region"
    version_topic = "assessments"

    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        related_name="neighbourhoods",
        verbose_name="desa/kelurahan",
    )
    rt = LabelField("RT")
    rw = LabelField("RW")
    hamlet = models.CharField("dusun atau lingkungan", max_length=80, blank=True)
    is_sample = models.BooleanField(
        "data contoh", default=False, help_text='Halamannya bertanda "Data contoh".'
    )
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = "RT"
        verbose_name_plural = "RT"
        ordering = ["village__name", "rw", "rt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "rt", "rw", "is_sample"],
                name="neighbourhood_once",
                violation_error_message="RT ini sudah tercatat di desa/kelurahan itu.",
            ),
            models.CheckConstraint(
                # Compared as text: the normal form begins with three digits.
                name="neighbourhood_labels",
                condition=Q(rt__gte="001", rt__lt="A", rw__gte="001", rw__lt="A"),
                violation_error_message="Nomor RT dan RW harus antara 1 dan 999.",
            ),
        ]

    def __str__(self):
        return f"{self.short_name}, {self.village}"

    @property
    def short_name(self) -> str:
        """`RT 003/RW 001`."""
        return f"RT {self.rt}/RW {self.rw}"
