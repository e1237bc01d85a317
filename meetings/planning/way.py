"""The way people meet: what each way asks for, and the field of the link."""

from django import forms

from kotaku.text import clean_text
from meetings.models import Meeting
from meetings.models.meeting_constraints import HTTPS_ONLY

NO_PLACE = "Rapat daring tidak mempunyai tempat. Kosongkan, atau pilih hibrida."
NO_LINK = "Rapat tatap muka tidak mempunyai tautan, ID, dan kode. Kosongkan, atau pilih hibrida."
# Codes that no browser completes or corrects.
AS_GIVEN = {"autocomplete": "off", "spellcheck": "false"}
ACCESS = ("link", "online_id", "access_code")


class LinkField(forms.URLField):
    """The address of an online meeting; an address without a scheme gets https."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Tautan rapat",
            required=False,
            max_length=500,
            assume_scheme="https",
            widget=forms.TextInput(attrs={"inputmode": "url", **AS_GIVEN}),
            help_text="Alamat yang dibuka peserta, misalnya https://zoom.us/j/1234567890.",
            error_messages={"invalid": HTTPS_ONLY},
            **kwargs,
        )

    def clean(self, value):
        """Refuse other schemes, and names or passwords before the host, which hide where it leads."""
        link = super().clean(clean_text(value).strip() if value else value)
        scheme, _, rest = link.partition("://")
        if link and (scheme.lower() != "https" or "@" in rest.partition("/")[0]):
            raise forms.ValidationError(HTTPS_ONLY, code="invalid")
        return f"https://{rest}" if link else ""


def problems(cleaned, *, place_missing: str) -> list[tuple[str, str]]:
    """Return (field, sentence) for what a way of meeting lacks or must not have."""
    way = cleaned["way"]
    is_online, is_news = way != Meeting.Way.ONSITE, cleaned.get("source") == Meeting.Source.NEWS
    found = []
    if way == Meeting.Way.ONLINE and cleaned.get("place"):
        found.append(("place", NO_PLACE))
    elif way != Meeting.Way.ONLINE and cleaned.get("place") == "":
        found.append(("place", place_missing))
    if is_online and cleaned.get("link") == "" and not is_news:
        found.append(("link", "Tulis tautan rapatnya; tautan tampil untuk peserta saja."))
    if not is_online:
        found += [(name, NO_LINK) for name in ACCESS if cleaned.get(name)][:1]
    return found
