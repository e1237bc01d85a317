"""The form of an answer to an invitation."""

from django import forms
from django.core.exceptions import ValidationError

from meetings.models import Answer


class ReplyForm(forms.Form):
    """Present, represented by whom, or absent."""

    answer = forms.ChoiceField(
        label="Jawaban",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih hadir, diwakili, atau berhalangan.",
            "invalid_choice": "Pilih hadir, diwakili, atau berhalangan.",
        },
    )
    represented_by = forms.CharField(
        label="Diwakili oleh",
        required=False,
        max_length=160,
        help_text="Nama dan jabatan wakil; hanya bila diwakili.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self):
        """Require the representative's name of who is represented, and drop it otherwise."""
        cleaned = super().clean()
        if "answer" not in cleaned or "represented_by" not in cleaned:
            return cleaned
        if cleaned["answer"] != Answer.REPRESENTED:
            cleaned["represented_by"] = ""
        elif not cleaned["represented_by"]:
            message = "Tulis nama orang yang mewakili, atau pilih jawaban yang lain."
            self.add_error("represented_by", ValidationError(message, code="required"))
        cleaned["represented_by"] = " ".join(cleaned.get("represented_by", "").split())
        return cleaned


class LinkReplyForm(ReplyForm):
    """An answer to the meeting as the page showed it."""

    starts_at = forms.CharField(widget=forms.HiddenInput, required=False)


class SeenReplyForm(ReplyForm):
    """An answer that is recorded beside the last one that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_seen(self):
        """Return the key of the answer that was shown, 0 for none."""
        return self.cleaned_data["seen"] or 0
