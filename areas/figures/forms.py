"""Forms for yearly figures. Fields parse; `plausibility` and model methods hold the rules."""

from django import forms

from areas.models import Entry, Status
from areas.models.evidence import MAX_FILES
from areas.rules import plausibility
from areas.rules.as_of import figure_label
from kotaku.files.digested import digest_of
from kotaku.files.photo_metadata import note_sent_days
from kotaku.files.several import SeveralFilesField, SeveralFilesInput
from kotaku.files.uploads import PICTURES_AND_PDF
from kotaku.formats import format_hectares
from kotaku.interface.fields import HectareField
from kotaku.workflow.forms import VersionField

CONFIRM_LABEL = "Ya, luasnya memang bertambah"
UNCHANGED = plausibility.Concern.UNCHANGED


class GrowthForm(forms.Form):
    """An area in hectares; growth must be confirmed for exactly this number and needs a reason.

    `asked_ha` stores the hectares that the page asked to confirm, so that a tick for 12,50 Ha
    does not confirm 125,00 Ha typed afterwards.
    """

    area_ha = HectareField(label="Sisa luas kumuh", required=False)
    is_confirmed = forms.BooleanField(label=CONFIRM_LABEL, required=False)
    asked_ha = HectareField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Alasan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = VersionField()

    def __init__(self, *args, context: plausibility.Context, **kwargs):
        super().__init__(*args, **kwargs)
        self.context = context
        self.typed_ha = None

    def found(self) -> list[plausibility.Concern]:
        """Return the plausibility concerns about the form's current area."""
        area_ha = self.area_now()
        return [] if area_ha is None else plausibility.concerns(area_ha, self.context)

    def area_now(self):
        """Return the current area in hectares, typed or stored; None without one."""
        if self.is_bound:
            # Accessing `errors` runs the validation, which sets `typed_ha`.
            return self.typed_ha if self.errors is not None else None
        return self.initial.get("area_ha")

    def clean_area_ha(self):
        """Keep the parsed number: an error on this field removes it from `cleaned_data`."""
        self.typed_ha = self.cleaned_data["area_ha"]
        return self.typed_ha

    @property
    def asked_value(self) -> str:
        """The hectares that the page now asks to confirm, for the hidden field."""
        return format_hectares(self.area_now()) if self.asks_confirmation else ""

    @property
    def reading(self) -> str:
        """The parsed number and its change: `= 12,50 Ha, berkurang 3,20 Ha dari 2017`."""
        area_ha = self.area_now()
        return "" if area_ha is None else plausibility.reading(area_ha, self.context)

    @property
    def asks_confirmation(self) -> bool:
        """Whether the page must show the confirmation and the reason for growth."""
        return plausibility.needs_confirmation(self.found())

    @property
    def asks_reason(self) -> bool:
        """Whether the page must show the reason: for growth, for 0 Ha, or if one is given."""
        found = self.found()
        return (
            plausibility.needs_confirmation(found)
            or plausibility.Concern.CLEARED in found
            or bool(self["reason"].value())
        )

    def is_ticked_for_this_number(self, cleaned) -> bool:
        """Whether the user confirmed exactly the typed hectares."""
        asked_ha = cleaned.get("asked_ha")
        is_ticked = bool(cleaned.get("is_confirmed"))
        return is_ticked and asked_ha is not None and asked_ha == self.typed_ha

    def require_confirmation(self, cleaned):
        """Add errors for growth that is not confirmed or has no reason."""
        if not self.asks_confirmation:
            return
        if not self.is_ticked_for_this_number(cleaned):
            self.add_error("area_ha", plausibility.growth_sentence(self.typed_ha, self.context))
            # The tick confirmed another number: clear it.
            self.data = self.data.copy()
            self.data.pop("is_confirmed", None)
        if not cleaned.get("reason"):
            self.add_error("reason", "Tulis alasan mengapa luasnya bertambah.")


class FigureForm(GrowthForm):
    """A village's figure of one year. Only a submission must be complete."""

    note = forms.CharField(
        label="Catatan (boleh dikosongkan)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya kegiatan yang mengurangi luas kumuh tahun ini.",
    )
    is_unchanged = forms.BooleanField(
        label="Ya, luasnya memang tetap seperti yang dikembalikan", required=False
    )
    evidence = SeveralFilesField(
        label="Bukti dukung",
        required=False,
        help_text=f"Foto atau PDF, paling banyak {MAX_FILES} berkas, masing-masing paling besar 5 MB.",
        widget=SeveralFilesInput(attrs={"accept": PICTURES_AND_PDF}),
    )

    def __init__(self, *args, figure, submitting=False, **kwargs):
        kwargs.setdefault(
            "initial",
            {
                "area_ha": figure.area_ha,
                "asked_ha": figure.area_ha,
                "note": figure.note,
                "is_confirmed": figure.is_confirmed,
                "reason": figure.reason,
                "version": figure.version,
            },
        )
        super().__init__(*args, context=figure.plausibility_context(), **kwargs)
        self.figure = figure
        self.submitting = submitting
        self.accepted = []
        self.use(self.context)
        self.fields["area_ha"].label = f"Sisa luas kumuh {figure_label(figure.year, figure.as_of)}"
        self.fields[
            "area_ha"
        ].help_text = "Yang masih kumuh, bukan yang sudah dikurangi. Contoh: 12,50"

    def use(self, context):
        """Compare with this context from now on; the page's script learns how many files fit."""
        self.context = context
        self.fields["evidence"].widget.attrs |= {
            "data-kotaku-most": MAX_FILES - context.evidence,
            "data-kotaku-most-text": f"{MAX_FILES} berkas",
        }

    @property
    def asks_unchanged(self) -> bool:
        """Whether the page must ask if the returned figure is handed in again as it was."""
        is_same = self.submitting and UNCHANGED in self.found()
        return is_same and not self._adds_evidence()

    def _adds_evidence(self) -> bool:
        """Whether a file is sent that the figure does not have yet."""
        stored = set(self.figure.evidence.values_list("sha256", flat=True))
        return any(digest_of(upload) not in stored for upload in self.accepted)

    @property
    def ticked(self) -> str:
        """The marks that the village has confirmed, for `YearlyFigure.submit`."""
        return UNCHANGED.name if self.cleaned_data.get("is_unchanged") else ""

    def clean_evidence(self):
        """Accept valid files up to the maximum number; add an error about the others."""
        note_sent_days(self, "evidence")
        accepted, refused = self.cleaned_data["evidence"]
        room = MAX_FILES - self.context.evidence
        if len(accepted) > room:
            refused.append(
                f"Paling banyak {MAX_FILES} berkas; {len(accepted) - room} berkas tidak disimpan. "
                "Hapus yang tidak perlu, lalu tambahkan lagi."
            )
        self.accepted = accepted[:room]
        if refused:
            self.add_error("evidence", refused)
        return self.accepted

    def clean(self):
        """Check a submission against the rules; a draft may still be incomplete."""
        cleaned = super().clean()
        if "area_ha" in self.errors:
            return cleaned
        if cleaned.get("area_ha") is None:
            if self.submitting or self.figure.status != Status.DRAFT:
                self.add_error("area_ha", "Tulis luas dalam hektare, misalnya 12,50.")
        elif self.submitting:
            self._require_explanations(cleaned)
        return cleaned

    def _require_explanations(self, cleaned):
        self.require_confirmation(cleaned)
        if self.asks_unchanged and not cleaned.get("is_unchanged"):
            sentence = plausibility.unchanged_sentence(self.typed_ha, self.context)
            self.add_error("area_ha", sentence)
        has_explanation = self.accepted or cleaned.get("reason")
        if plausibility.needs_evidence_or_reason(self.found()) and not has_explanation:
            self.add_error("evidence", plausibility.CLEARED_SENTENCE)

    def entry(self) -> Entry:
        """Return the typed values for the model's methods."""
        cleaned = self.cleaned_data
        return Entry(
            area_ha=cleaned["area_ha"],
            note=cleaned["note"],
            is_confirmed=self.is_ticked_for_this_number(cleaned),
            reason=cleaned["reason"],
        )


class CorrectionForm(GrowthForm):
    """A new area for a verified figure; the reason is required."""

    def __init__(self, *args, figure, **kwargs):
        kwargs.setdefault("initial", {"area_ha": figure.area_ha, "asked_ha": figure.area_ha})
        super().__init__(*args, context=figure.plausibility_context(), **kwargs)
        self.figure = figure
        self.fields[
            "area_ha"
        ].label = f"Sisa luas kumuh yang benar {figure_label(figure.year, figure.as_of)}"
        self.fields["area_ha"].required = True
        self.fields["reason"].label = "Alasan koreksi"
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Tulis alasan koreksi."

    def clean(self):
        """Reject an unchanged area; growth must be confirmed."""
        cleaned = super().clean()
        area_ha = cleaned.get("area_ha")
        if area_ha is None:
            return cleaned
        if area_ha == self.figure.area_ha:
            self.add_error(
                "area_ha", "Luasnya sama dengan yang sudah tercatat; tidak ada yang dikoreksi."
            )
        elif "reason" in cleaned:
            self.require_confirmation(cleaned)
        return cleaned
