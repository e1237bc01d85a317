"""The form of a progress report."""

from django.core.exceptions import ValidationError

from kotaku.files.photo_metadata import note_sent_days
from kotaku.files.several import SeveralFilesField, SeveralFilesInput
from kotaku.files.uploads import PICTURES_AND_PDF
from kotaku.workflow.forms import ReasonForm
from meetings.models.follow_up_evidence import MAX_FILES
from meetings.models.states import DONE_SO_FAR


class ProgressForm(ReasonForm):
    """What was done so far, with photos or documents that show it; all is stored or nothing."""

    evidence = SeveralFilesField(
        label="Bukti (boleh dikosongkan)",
        required=False,
        help_text=f"Foto atau PDF, paling banyak {MAX_FILES} berkas, masing-masing paling besar 5 MB.",
        widget=SeveralFilesInput(
            attrs={
                "accept": PICTURES_AND_PDF,
                "data-kotaku-most": MAX_FILES,
                "data-kotaku-most-text": f"{MAX_FILES} berkas",
            }
        ),
    )

    field_order = ("text", "evidence", "version")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, asks=DONE_SO_FAR, **kwargs)
        self.order_fields(self.field_order)

    def clean_evidence(self):
        """Accept all files or none: the report and what shows it belong together."""
        note_sent_days(self, "evidence")
        accepted, refused = self.cleaned_data["evidence"]
        if len(accepted) > MAX_FILES:
            refused.append(f"Paling banyak {MAX_FILES} berkas. Pilih yang paling jelas.")
        if refused:
            raise ValidationError(refused)
        return accepted
