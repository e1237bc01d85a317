"""The audit log for admins: a page and a download of actions with user, time and IP address."""

import csv
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kotaku.audit import trail
from kotaku.audit.filters import AuditFilterForm
from kotaku.formats import format_count, format_date
from kotaku.interface.moments import moment_text
from kotaku.requests.permissions import only_for
from kotaku.spreadsheets.formula_guard import harmless

PER_PAGE = 50
reader_required = only_for(lambda user: user.reads_audit)


@dataclass(frozen=True)
class AuditLine:
    """One entry as text for the page."""

    at: str
    who: str
    what: str
    whose: str
    text: str
    address: str


@reader_required
@require_safe
def listing(request):
    """Show the filtered entries, newest first."""
    form = AuditFilterForm(request.GET, user=request.user)
    first, last = form.days()
    page = Paginator(form.lines(), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "page": page,
        "count": format_count(page.paginator.count),
        "lines": [_line(row, form.labels) for row in page],
        "period": f"{format_date(first)} sampai {format_date(last)}",
        "export_url": f"{reverse('audit-export')}?{request.GET.urlencode()}",
    }
    return render(request, "audit.html", context)


@reader_required
@require_safe
def export(request):
    """Download all filtered entries as CSV."""
    form = AuditFilterForm(request.GET, user=request.user)
    rows = form.lines()
    trail.record_export(request, f"Catatan audit ({request.GET.urlencode() or 'tanpa saringan'})")
    response = StreamingHttpResponse(
        _csv(rows, form.labels), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="catatan-audit.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _line(row, labels) -> AuditLine:
    at, kind, actor, subject, text, address = row
    return AuditLine(
        at=moment_text(at),
        who=actor or "",
        what=labels.get(kind, kind),
        whose=subject if subject and subject != actor else "",
        text=text,
        address=address or "",
    )


class _Echo:
    """A file that returns what is written to it, for streaming CSV."""

    def write(self, text):
        """Return the text itself."""
        return text


def _csv(rows, labels):
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["waktu", "oleh", "peristiwa", "akun", "keterangan", "alamat"])
    for row in rows.iterator(chunk_size=2000):
        at, line = row[0], _line(row, labels)
        cells = [line.who, line.what, line.whose, line.text, line.address]
        yield writer.writerow([at.isoformat(timespec="seconds"), *map(harmless, cells)])
