"""The states of figures and assessments, and the tables of allowed changes."""

from django.db import models


class Status(models.TextChoices):
    """The state of a figure or an assessment."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Dikembalikan"
    VERIFIED = "verified", "Terverifikasi"


# The states in official totals, and in provisional totals for staff.
OFFICIAL = (Status.VERIFIED,)
PROVISIONAL = (Status.VERIFIED, Status.SUBMITTED)

# verb (name of an action) -> {state before: state after}
TRANSITIONS = {
    "enter": {Status.DRAFT: Status.DRAFT, Status.RETURNED: Status.RETURNED},
    # An imported figure is submitted at once, and may replace a village's draft.
    "import": {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
    "submit": {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
    "return": {Status.SUBMITTED: Status.RETURNED},
    "verify": {Status.SUBMITTED: Status.VERIFIED},
    "correct": {Status.VERIFIED: Status.VERIFIED},
}
# Assessments: as figures, but a wrong verified one returns to its village.
ASSESSMENT_TRANSITIONS = {verb: TRANSITIONS[verb] for verb in TRANSITIONS if verb != "correct"} | {
    "reopen": {Status.VERIFIED: Status.RETURNED}
}
# verb -> kind of its event
EVENTS = {
    "enter": "entered",
    "import": "imported",
    "submit": "submitted",
    "return": "returned",
    "verify": "verified",
    "correct": "corrected",
    "reopen": "reopened",
}
EDITABLE = tuple(TRANSITIONS["enter"])
