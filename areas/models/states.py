"""The states of figures and assessments, and the tables of allowed changes."""

from django.db import models


class Status(models.TextChoices):
    """Where a figure or an assessment is on its way (domain.md, "A yearly figure")."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Dikembalikan"
    VERIFIED = "verified", "Terverifikasi"


# What counts in official totals, and what staff may switch on as provisional.
OFFICIAL = (Status.VERIFIED,)
PROVISIONAL = (Status.VERIFIED, Status.SUBMITTED)

# verb -> {state before: state after}
TRANSITIONS = {
    "enter": {Status.DRAFT: Status.DRAFT, Status.RETURNED: Status.RETURNED},
    # A figure from a spreadsheet arrives handed in, also over what a village has begun.
    "import": {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
    "submit": {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
    "return": {Status.SUBMITTED: Status.RETURNED},
    "verify": {Status.SUBMITTED: Status.VERIFIED},
    "correct": {Status.VERIFIED: Status.VERIFIED},
}
# Assessments: as figures, but one that proves wrong goes back to its village.
ASSESSMENT_TRANSITIONS = {verb: TRANSITIONS[verb] for verb in TRANSITIONS if verb != "correct"} | {
    "reopen": {Status.VERIFIED: Status.RETURNED}
}
EDITABLE = tuple(TRANSITIONS["enter"])
