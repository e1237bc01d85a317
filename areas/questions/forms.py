"""The forms of a question: asking, and answering or adding to it."""

from django import forms

from areas.models.question import MAX_TEXT
from kotaku.interface.fields import TextField
from kotaku.workflow.forms import VersionForm


class AskForm(forms.Form):
    """A new question; `uid` makes a double click ask once."""

    text = TextField(
        label="Pertanyaan Anda",
        rows=3,
        max_length=MAX_TEXT,
        help_text="Status isian, penilaian, atau kegiatan ini tidak berubah.",
        error_messages={"required": "Tulis pertanyaan Anda."},
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)


class ReplyForm(VersionForm):
    """An answer, or an addition to one's own question."""

    text = TextField(
        label="Jawaban",
        rows=3,
        max_length=MAX_TEXT,
        error_messages={"required": "Tulis jawaban atau tambahan Anda."},
    )

    def __init__(self, *args, is_own_side=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_own_side:
            self.fields["text"].label = "Tambahan untuk pertanyaan ini"
