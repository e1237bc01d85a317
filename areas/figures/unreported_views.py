"""Bappeda's page of the villages that have not handed in a year's figure, and reminders."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from areas.figures import reminding, unreported
from areas.figures.unreported_regions import reads_many_regions, region_rows, regions_text
from areas.models import Programme
from areas.open_data.staff_tables import hand_out, taken_by
from kotaku.formats import format_date
from kotaku.mail import NO_SERVER, has_server
from kotaku.requests.permissions import bappeda_required
from kotaku.spreadsheets.tables import attribute_table
from kotaku.spreadsheets.writers import About

COLUMNS = {
    "kode_desa": "baseline.village.code",
    "desa_kelurahan": "baseline.village.full_name",
    "kecamatan": "baseline.village.district.name",
    "keadaan": "status_label",
    "petugas": "people_text",
    "nomor_hp": "phones_text",
    "email": "emails_text",
    "perlu_dilengkapi": "problem",
    "terakhir_diingatkan": "reminded",
}
NOTE = "Untuk keperluan kantor: memuat nomor HP dan email petugas desa/kelurahan."


@bappeda_required
@require_safe
def listing(request):
    """Show who has not handed in a year's figure, with contacts, ready to be reminded."""
    if "periode" not in request.GET and reads_many_regions(request.user):
        rows = region_rows(request.user)
        if len(rows) > 1:
            context = {"rows": rows, "heading": regions_text(rows)}
            return render(request, "areas/figures/unreported_regions.html", context)
    programmes = Programme.objects.of(request.user).select_related("region")
    programme = _programme(request, programmes)
    year = _year(request.GET, programme)
    found = unreported.rows(programme, year) if year else []
    due = programme.due_date(year) if year else None
    context = {
        "programme": programme,
        "programmes": programmes,
        "year": year,
        "years": unreported.choosable_years(programme) if programme else [],
        "rows": found,
        "villages": programme.baselines.count() if programme else 0,
        "counts": unreported.counts_text(found),
        "due": format_date(due) if due else "",
        "is_overdue": bool(due and due < timezone.localdate()),
        "is_open": bool(year and programme.accepts(year)),
        "to_remind": sum(row.can_be_reminded for row in found) if has_server() else 0,
        "no_mail": "" if has_server() else NO_SERVER,
        "without_email": sum(not any(each.email for each in row.contacts) for row in found),
    }
    return render(request, "areas/figures/unreported.html", context)


@bappeda_required
@require_safe
def export(request, form):
    """Download the list with contacts."""
    programme = _programme(request, Programme.objects.of(request.user))
    year = _year(request.GET, programme)
    found = unreported.rows(programme, year) if year else []
    title = f"Belum melapor {year or ''}".strip()
    about = About(title, [("Perhatian", NOTE), *taken_by(request.user)])
    name = f"belum-melapor-{year}" if year else "belum-melapor"
    return hand_out(
        request, attribute_table(COLUMNS, found), len(found), about, name=name, form=form
    )


@bappeda_required
@require_POST
def reminder(request):
    """Mail a reminder to one village, or to all that have not handed in."""
    programme = get_object_or_404(
        Programme.objects.of(request.user).select_related("region"),
        slug=request.POST.get("periode", ""),
    )
    year = _year(request.POST, programme)
    page = redirect(
        reverse("areas:unreported", query={"periode": programme.slug, "tahun": year or ""})
    )
    if year is None or not programme.accepts(year):
        messages.error(request, "Periode ini tidak menerima isian lagi, jadi tidak diingatkan.")
        return page
    if not has_server():
        messages.error(request, NO_SERVER)
        return page
    found = unreported.rows(programme, year, code=request.POST.get("desa", ""))
    result = reminding.remind(found, year, by=request.user)
    if result.failed:
        messages.error(
            request,
            f"Email ke {result.failed} desa/kelurahan tidak terkirim karena layanan email tidak dapat "
            "dihubungi. Coba lagi nanti, atau pakai WhatsApp.",
        )
    if result.sent:
        messages.success(request, f"Pengingat terkirim ke {result.sent} desa/kelurahan.")
    elif not result.failed:
        messages.info(request, _nothing_sent(found))
    return page


def _nothing_sent(found) -> str:
    if not found:
        return "Sudah melapor; tidak ada yang perlu diingatkan."
    if any(row.is_reminded_today or row.can_be_reminded for row in found):
        return "Sudah diingatkan hari ini; pengingat dikirim paling banyak sekali sehari."
    return "Belum ada alamat email, jadi tidak ada yang dikirimi. Pakai telepon atau WhatsApp."


def _programme(request, programmes):
    slug = request.GET.get("periode")
    return get_object_or_404(programmes, slug=slug) if slug else programmes.current()


def _year(values, programme) -> int | None:
    """Return the chosen year, else the one that is due; None without a period or any year."""
    if programme is None:
        return None
    typed = values.get("tahun", "")
    years = unreported.choosable_years(programme)
    if typed.isdecimal() and len(typed) == 4 and int(typed) in years:
        return int(typed)
    return programme.due_year(timezone.localdate())
