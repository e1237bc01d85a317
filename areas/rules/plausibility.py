"""Rules that flag surprising figures and require an explanation. Pure: standard library only.

A surprising figure is allowed if explained, because slums can grow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from textwrap import shorten

from areas.rules.as_of import year_label
from kotaku.formats import format_hectares_unit

# A larger reduction (percent) between two figures is flagged for the reviewer.
LARGE_DROP_PERCENT = Decimal(50)
# Characters of a reviewer's reason inside a sentence; the page shows all of it.
LONGEST_QUOTE = 200


class Concern(Enum):
    """A reason to check a figure, as worded in the reviewer's queue."""

    UNCHANGED = "Sama seperti yang dikembalikan"
    ABOVE_BASELINE = "Di atas baseline"
    ABOVE_PREVIOUS = "Naik dari angka sebelumnya"
    CLEARED = "Langsung menjadi 0 Ha"
    LARGE_DROP = "Turun lebih dari separuh"
    NO_EVIDENCE = "Tanpa bukti dukung"


GROWTH = frozenset({Concern.ABOVE_BASELINE, Concern.ABOVE_PREVIOUS})


@dataclass(frozen=True)
class Context:
    """The hectares a figure is compared with: the baseline and the last counted figure.

    `previous_year` is None if the baseline is the last known area. `returned_ha` is the area that
    Bappeda returned for `return_reason`, None if it returned none or evidence was added since.
    """

    baseline_ha: Decimal
    previous_ha: Decimal
    previous_year: int | None
    evidence: int
    previous_as_of: date | None = None
    returned_ha: Decimal | None = None
    return_reason: str = ""

    @property
    def previous_label(self) -> str:
        """Return `2023`, with its day if that is not 31 December; "" for the baseline."""
        if self.previous_year is None:
            return ""
        return year_label(self.previous_year, self.previous_as_of)

    @property
    def previous_name(self) -> str:
        """The name of the previous area in a sentence: `2018`, or `baseline`."""
        return str(self.previous_year) if self.previous_year else "baseline"


def concerns(area_ha: Decimal, context: Context) -> list[Concern]:
    """Return all reasons to check `area_ha` (hectares), most serious first."""
    found = [Concern.UNCHANGED] if area_ha == context.returned_ha else []
    if area_ha > context.baseline_ha:
        found.append(Concern.ABOVE_BASELINE)
    if context.previous_year is not None and area_ha > context.previous_ha:
        found.append(Concern.ABOVE_PREVIOUS)
    if area_ha < context.previous_ha:
        if area_ha == 0:
            found.append(Concern.CLEARED)
        elif (context.previous_ha - area_ha) * 100 > context.previous_ha * LARGE_DROP_PERCENT:
            found.append(Concern.LARGE_DROP)
    if not context.evidence:
        found.append(Concern.NO_EVIDENCE)
    return found


def named(marks: str) -> list[Concern]:
    """Return the concerns of these names, separated by spaces."""
    return [Concern[name] for name in marks.split()]


def needs_confirmation(found: Sequence[Concern]) -> bool:
    """Whether the slum grew; growth requires confirmation and a reason."""
    return not GROWTH.isdisjoint(found)


def needs_evidence_or_reason(found: Sequence[Concern]) -> bool:
    """Whether the area fell to 0 without evidence, which requires evidence or a reason."""
    return Concern.CLEARED in found and Concern.NO_EVIDENCE in found


def growth_sentence(area_ha: Decimal, context: Context) -> str:
    """Return the message that names the exceeded area and asks for confirmation and reason."""
    found = concerns(area_ha, context)
    if Concern.ABOVE_BASELINE in found:
        other = f"baseline {format_hectares_unit(context.baseline_ha)}"
    else:
        other = f"angka {context.previous_year}, {format_hectares_unit(context.previous_ha)}"
    return (
        f"{format_hectares_unit(area_ha)} lebih besar daripada {other}. "
        "Periksa lagi; bila benar, centang konfirmasi dan tulis alasannya."
    )


def unchanged_sentence(area_ha: Decimal, context: Context) -> str:
    """Return the message that an area is the returned one, with what Bappeda asked for."""
    asked = shorten(context.return_reason, LONGEST_QUOTE, placeholder=" …")
    return (
        f"{format_hectares_unit(area_ha)} sama seperti yang dikembalikan. "
        f"Bappeda meminta: “{asked}” Perbaiki angkanya atau tambahkan bukti; "
        "bila angkanya memang benar, centang konfirmasi."
    )


def change_text(before_ha: Decimal, after_ha: Decimal) -> str:
    """Return the change in hectares: `berkurang 3,20 Ha`, `bertambah …`, `tetap`."""
    if before_ha == after_ha:
        return "tetap"
    verb = "berkurang" if after_ha < before_ha else "bertambah"
    return f"{verb} {format_hectares_unit(abs(before_ha - after_ha))}"


def reading(area_ha: Decimal, context: Context) -> str:
    """Return how a typed area is read: `= 12,50 Ha, berkurang 3,20 Ha dari 2017`.

    For growth it asks to check the number. hectare-preview.js shows the same text while the user
    types.
    """
    change = change_text(context.previous_ha, area_ha)
    relation = "seperti" if change == "tetap" else "dari"
    is_growth = needs_confirmation(concerns(area_ha, context))
    doubt = " — periksa lagi angkanya" if is_growth else ""
    return f"= {format_hectares_unit(area_ha)}, {change} {relation} {context.previous_name}{doubt}"


CLEARED_SENTENCE = (
    "Kawasan kumuh menjadi 0 Ha (tuntas). Lampirkan bukti dukung, misalnya foto, "
    "atau tulis alasannya."
)
