"""Views of the recap of meetings: page, sheet and print."""

from datetime import date

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.open_data.staff_tables import hand_out, taken_by
from kotaku.formats import format_date
from kotaku.interface.fields import DayField
from kotaku.regions.home import working_region
from kotaku.requests.permissions import only_for
from kotaku.spreadsheets.writers import About
from meetings.models import Letterhead
from meetings.recap.counting import recap, summary
from meetings.recap.sheet import table

TITLE = "Rekap rapat"
NOTE = "Untuk keperluan kantor. Yang hadir di dua rapat terhitung dua kali."

staff_required = only_for(lambda user: user.is_staff_reader)


class PeriodForm(forms.Form):
    """The period of a recap in the address; without days it is this year."""

    dari = DayField(label="Dari tanggal", required=False)
    sampai = DayField(label="Sampai tanggal", required=False)

    def clean(self):
        """Fill in what is missing, and refuse a period that ends before it begins."""
        wanted = super().clean()
        if not self.errors:
            last = wanted["sampai"] or date((wanted["dari"] or timezone.localdate()).year, 12, 31)
            first = wanted["dari"] or date(last.year, 1, 1)
            if first > last:
                self.add_error("sampai", "Tulis tanggal yang tidak lebih awal dari “Dari tanggal”.")
            wanted |= {"dari": first, "sampai": last}
        return wanted


def _asked(request):
    """Return the form and the recap of its period, None if the period is wrong."""
    form = PeriodForm({name: request.GET.get(name, "") for name in PeriodForm.base_fields})
    if not form.is_valid():
        return form, None
    # The days that were filled in stand in their fields too.
    form.data |= form.cleaned_data
    return form, recap(request.user, form.cleaned_data["dari"], form.cleaned_data["sampai"])


def _context(form, found) -> dict:
    return {
        "form": form,
        "recap": found,
        "summary": summary(found) if found else None,
        "period": _period(form) if found else "",
        "is_sample": bool(found and found.is_sample),
    }


def _period(form) -> str:
    days = (form.cleaned_data["dari"], form.cleaned_data["sampai"])
    return " s.d. ".join(map(format_date, days))


def _query(request) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


@staff_required
@require_safe
def page(request):
    """Show the recap of the period in the address."""
    form, found = _asked(request)
    query = _query(request)
    context = _context(form, found) | {
        "downloads": [
            ("Excel", reverse("meetings:recap-file", args=["xlsx"]) + query),
            ("CSV", reverse("meetings:recap-file", args=["csv"]) + query),
        ],
        "print_url": reverse("meetings:recap-paper") + query,
    }
    return render(request, "meetings/recap/recap.html", context, status=200 if found else 422)


@staff_required
@require_safe
def file(request, form):
    """Download the meetings of the recap, one per row."""
    asked, found = _asked(request)
    if found is None:
        return page(request)
    lines = [("Perhatian", NOTE), ("Masa", _period(asked)), *taken_by(request.user, units="")]
    about = About(TITLE, lines)
    return hand_out(request, table(found), len(found.rows), about, name="rekap-rapat", form=form)


@staff_required
@require_safe
def paper(request):
    """Show the recap on paper with the letterhead."""
    form, found = _asked(request)
    if found is None:
        return page(request)
    region = working_region(request.user)
    context = _context(form, found) | {
        "letterhead": Letterhead.of(region) if region else None,
        "day": format_date(timezone.localdate()),
        "back": reverse("meetings:recap") + _query(request),
    }
    return render(request, "meetings/recap/paper_recap.html", context)
