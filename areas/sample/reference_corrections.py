"""Correct the rows that an earlier version of `load_reference` loaded, if they are unedited.

That version called the announcement of February 2023 official, stored no date for its figures
and did not mark those of 2022 as inferred. Each corrected row gets one line of history; an
edited row is reported and left unchanged.
"""

from decimal import Decimal

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from areas.models import Baseline, BaselineEvent, Programme, Status, YearlyFigure
from areas.sample.reference import (
    ANNOUNCED_ON,
    ANNOUNCEMENT,
    NOTE,
    SOURCE_2016,
    SOURCE_2022,
    SOURCE_NAME,
    inference,
    rows_of,
)
from kotaku.accounts.source_account import SOURCE_ACCOUNT, source_account
from kotaku.models import User

FORMER_SOURCE_2016 = (
    "Rakor Pokja PKP Kota Banjar, 8 November 2016: kawasan kumuh 187,95 Ha di 14 desa/kelurahan, "
    "target 0 Ha pada 2019. Luas tiap desa/kelurahan tidak diketahui."
)
FORMER_SOURCE_2022 = (
    "Dinas perumahan Kota Banjar, Februari 2023: 158 RT di 19 dari 25 desa/kelurahan; 184,75 Ha "
    "pada 2022 dan 183,95 Ha pada 2023. Nomor SK dan target tidak diketahui."
)
FORMER_DECLARED_HA = Decimal("184.75")
FORMER_NOTE = "Angka resmi yang diumumkan pada Februari 2023."
FORMER_SOURCE_NAME = "Sumber resmi (Februari 2023)"
REASON = "Diumumkan pada 3 Februari 2023, jadi bukan keadaan akhir tahun."


@transaction.atomic
def correct_reference() -> list[str]:
    """Correct the unedited rows; return the names of the edited ones."""
    loader = source_account("data-rujukan", "Data rujukan")
    edited = [
        *_programme("kotaku-2016-2019", loader, FORMER_SOURCE_2016, source=SOURCE_2016),
        *_programme("sejak-2022", loader, FORMER_SOURCE_2022, source=SOURCE_2022, declared_ha=None),
        *_source_name(loader),
    ]
    programme = Programme.objects.filter(slug="sejak-2022").first()
    for row in rows_of(ANNOUNCEMENT) if programme else ():
        baselines = Baseline.objects.select_related("programme", "village__district")
        baseline = baselines.filter(programme=programme, village__code=row["code"]).first()
        if baseline is None:
            edited.append(f"baseline {row['name']}, {programme}")
            continue
        edited += _baseline(baseline, row, loader)
        edited += _figure(baseline, row)
    return edited


def _programme(slug, loader, former_source, **changes) -> list[str]:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None or programme.source == changes["source"]:
        return []
    is_loaded = programme.source == former_source
    if "declared_ha" in changes:
        is_loaded = is_loaded and programme.declared_ha == FORMER_DECLARED_HA
    if not is_loaded:
        return [f"periode {programme}"]
    Programme.objects.filter(pk=programme.pk).update(changed_at=timezone.now(), **changes)
    _log(programme, loader)
    return []


def _source_name(loader) -> list[str]:
    account = User.objects.filter(username=SOURCE_ACCOUNT).first()
    if account is None or account.full_name == SOURCE_NAME:
        return []
    if account.full_name != FORMER_SOURCE_NAME:
        return [f"akun {account.username}"]
    User.objects.filter(pk=account.pk).update(full_name=SOURCE_NAME)
    _log(account, loader)
    return []


def _log(row, by) -> None:
    """Write a line in the admin history of a period or an account."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        object_repr=f"{row} (diperbarui load_reference)"[:200],
        action_flag=CHANGE,
        change_message="Sumber diperbaiki oleh load_reference.",
    )


def _baseline(baseline, row, loader) -> list[str]:
    if baseline.is_inferred:
        return []
    history = BaselineEvent.objects.filter(
        programme=baseline.programme, village=baseline.village
    ).exclude(reason=FORMER_NOTE)
    if baseline.area_ha != Decimal(row["area_ha_2022"]) or history.exists():
        return [f"baseline {baseline}"]
    baseline.mark_inferred(by=loader, reason=inference(row))
    return []


def _figure(baseline, row) -> list[str]:
    figures = YearlyFigure.objects.select_related("baseline__village", "baseline__programme")
    figure = figures.filter(baseline=baseline, year=ANNOUNCED_ON.year).first()
    if figure is not None and figure.as_of == ANNOUNCED_ON:
        return []
    if (
        figure is None
        or figure.status != Status.VERIFIED
        or figure.area_ha != Decimal(row["area_ha_2023"])
        or (figure.note, figure.as_of) != (FORMER_NOTE, None)
    ):
        return [f"isian {baseline.village}, {ANNOUNCED_ON.year}"]
    # Not by the account that entered it: the four-eyes rule applies to corrections too.
    source = source_account(SOURCE_ACCOUNT, SOURCE_NAME)
    figure.correct_source(
        by=source, version=figure.version, reason=REASON, as_of=ANNOUNCED_ON, note=NOTE
    )
    return []
