"""Downloads of the work plan for staff."""

from django.views.decorators.http import require_safe

from areas.models import Activity
from areas.open_data.staff_tables import hand_out, taken_by
from areas.workplan.export import activity_table
from areas.workplan.filters import ActivityFilterForm, kind_of
from kotaku.spreadsheets.writers import About

NOTE = "Untuk keperluan kantor: rencana kerja kolaborasi, bukan angka luas kumuh resmi."
SAMPLE_NOTE = "Data contoh: kegiatan ini dikarang untuk mencoba aplikasi."


@require_safe
def activities(request, form):
    """Download the activities that match the filters in the address."""
    visible = Activity.objects.visible_to(request.user)
    sample, _ = kind_of(request.GET, visible)
    of_kind = visible.of_kind(sample=sample)
    filters = ActivityFilterForm(request.GET or None, user=request.user, activities=of_kind)
    found = filters.filtered(of_kind)
    lines = [("Perhatian", SAMPLE_NOTE if sample else NOTE), *taken_by(request.user)]
    about = About("Rencana kerja kolaborasi", lines)
    name = "rencana-kerja-contoh" if sample else "rencana-kerja"
    return hand_out(request, activity_table(found), found.count(), about, name=name, form=form)
