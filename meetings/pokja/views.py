"""Views of the working group: its decrees, and the members of one."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kotaku.interface.fields import stored_values
from kotaku.regions.home import working_region
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required, only_for
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.forms import VersionForm
from kotaku.workflow.perform import perform
from meetings.models import PokjaDecree, PokjaMember
from meetings.models.pokja import TWIN_DECREE, TWIN_MEMBER
from meetings.pokja import page
from meetings.pokja.forms import DecreeForm, MemberForm, NewDecreeForm

REMOVED = "Anggota sudah dihapus dari SK ini; siapa dia tercatat di Riwayat."
NO_REGION = "Wilayah aplikasi ini belum dicatat. Minta admin menambahkannya di halaman Wilayah."

staff_required = only_for(lambda user: user.is_staff_reader)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@staff_required
@require_safe
def decree_list(request):
    """Show the decrees that appoint the working group, the latest first."""
    lines = page.decree_lines(PokjaDecree.objects.visible_to(request.user))
    context = {
        "lines": lines,
        "is_sample": any(line.decree.is_sample for line in lines),
        "shows_regions": len({line.decree.region_id for line in lines}) > 1,
    }
    return render(request, "meetings/pokja/decree_list.html", context)


@staff_required
@require_safe
def decree(request, pk):
    """Show a decree with its members."""
    visible = PokjaDecree.objects.visible_to(request.user).select_related("region")
    row = get_object_or_404(visible, pk=pk)
    in_force = PokjaDecree.objects.in_force(row.region)
    state, tone = page.state_of(row, is_in_force=in_force == row)
    members = list(row.members.all())
    context = {
        "decree": row,
        "term": page.term_text(row),
        "state": state,
        "tone": tone,
        "in_force": in_force if in_force != row else None,
        "number": page.number_text(members),
        "groups": page.member_groups(members, with_contacts=request.user.is_bappeda),
        "history": page.history(row),
        "can_edit": request.user.is_bappeda,
        "is_sample": row.is_sample,
    }
    return render(request, "meetings/pokja/decree_detail.html", context)


def add_page(request):
    """Return the address of the form for a new decree."""
    return reverse("meetings:pokja-add")


@bappeda_required
@form_methods
@kept_forms.keeps_form(add_page)
def decree_add(request):
    """Record a new decree, with the members of an earlier one if wanted."""
    earlier = PokjaDecree.objects.editable_by(request.user)
    region = working_region(request.user)
    earlier = earlier.filter(region=region)
    in_force = PokjaDecree.objects.in_force(region) if region else None
    typed, waiting = kept_forms.typed(request)
    initial = {"copied_from": in_force.pk if in_force else None, "version": 0}
    form = NewDecreeForm(typed, initial=initial, earlier=earlier)
    row = PokjaDecree(region=region)
    show = partial(
        _form_page,
        request,
        heading="Catat SK Pokja",
        button="Simpan SK",
        address=add_page(request),
        back=reverse("meetings:pokja"),
        # Their names are among the choices.
        is_sample=earlier.filter(is_sample=True).exists(),
    )
    if request.method != "POST":
        return show(row, form=form, waiting=waiting)
    if region is None:
        return show(row, form=form, refusal=TransitionNotAllowed(NO_REGION), status=409)

    def store(row, *, by, version, copied_from, **_):
        row.store(by=by, version=version, values=form.values(), copied_from=copied_from)

    return _store(request, row, form, store, show, TWIN_DECREE, kept=add_page(request))


def edit_page(request, pk):
    """Return the address of a decree's form."""
    return reverse("meetings:pokja-edit", args=[pk])


@bappeda_required
@form_methods
@kept_forms.keeps_form(edit_page)
def decree_edit(request, pk):
    """Change what is recorded of a decree."""
    row = get_object_or_404(PokjaDecree.objects.editable_by(request.user), pk=pk)
    typed, waiting = kept_forms.typed(request)
    form = DecreeForm(typed, instance=row, initial={"version": row.version})
    show = partial(
        _form_page,
        request,
        heading="Ubah SK Pokja",
        button="Simpan SK",
        address=edit_page(request, pk),
        back=reverse("meetings:pokja-decree", args=[pk]),
        decree=row,
    )
    if request.method != "POST":
        return show(row, form=form, waiting=waiting)
    return _store(request, row, form, _values_of(form), show, "", kept=edit_page(request, pk))


def member_add_page(request, pk):
    """Return the address of the form for a new member."""
    return reverse("meetings:pokja-member-add", args=[pk])


@bappeda_required
@form_methods
@kept_forms.keeps_form(member_add_page)
def member_add(request, pk):
    """Add a member to a decree."""
    decree = get_object_or_404(PokjaDecree.objects.editable_by(request.user), pk=pk)
    row = PokjaMember(decree=decree)
    address = member_add_page(request, pk)
    return _member_form(request, row, address, "Tambah anggota Pokja", TWIN_MEMBER)


def member_page(request, pk):
    """Return the address of a member's form."""
    return reverse("meetings:pokja-member", args=[pk])


@bappeda_required
@form_methods
@kept_forms.keeps_form(member_page)
def member_edit(request, pk):
    """Change what is recorded of a member."""
    members = PokjaMember.objects.editable_by(request.user).select_related("decree__region")
    row = get_object_or_404(members, pk=pk)
    return _member_form(request, row, member_page(request, pk), f"Ubah anggota: {row}", "")


def _member_form(request, row, address, heading, twin):
    typed, waiting = kept_forms.typed(request)
    initial = {"version": row.version if row.pk else 0}
    form = MemberForm(typed, instance=row, region=row.decree.region, initial=initial)
    show = _member_page(request, row, address, heading)
    if request.method != "POST":
        return show(row, form=form, waiting=waiting)
    return _store(request, row, form, _values_of(form), show, twin, kept=address)


def _member_page(request, row, address, heading):
    return partial(
        _form_page,
        request,
        heading=heading,
        button="Simpan anggota",
        address=address,
        back=reverse("meetings:pokja-decree", args=[row.decree_id]),
        decree=row.decree,
    )


@bappeda_required
@require_POST
def member_removal(request, pk, member):
    """Take a member who was recorded by mistake off a decree; a second click finds it done."""
    decree = get_object_or_404(PokjaDecree.objects.editable_by(request.user), pk=pk)
    row = decree.members.select_related("decree__region").filter(pk=member).first()
    home = reverse("meetings:pokja-decree", args=[pk])
    if row is None:
        messages.success(request, REMOVED)
        return redirect(home)
    show = _member_page(request, row, member_page(request, member), f"Ubah anggota: {row}")

    def page(row, *, form, **shown):
        fields = MemberForm(instance=row, region=decree.region, initial={"version": row.version})
        return show(row, form=fields, **shown)

    form = VersionForm(request.POST)
    remove = PokjaMember.remove
    return perform(request, row, form, remove, page=page, to=lambda _: home, done=REMOVED)


def _values_of(form):
    def store(row, *, by, version, **_):
        row.store(by=by, version=version, values=form.values())

    return store


def _store(request, row, form, store, show, twin, *, kept):
    """Store the form's row; `twin` is the sentence if a new row is there already, "" for a change.

    A double click finds its own row, with the same values.
    """

    def repeated(row, cleaned):
        same = all(getattr(row, name) == value for name, value in form.values().items())
        return same and row.changed_by_id == request.user.pk

    def stored(row, **typed):
        try:
            store(row, **typed)
        except StaleRecord as stale:
            if twin and not repeated(stale.row, typed):
                raise TransitionNotAllowed(twin) from None
            raise

    def to(row):
        decree = row if isinstance(row, PokjaDecree) else row.decree
        return reverse("meetings:pokja-decree", args=[decree.pk])

    done = "SK tersimpan." if isinstance(row, PokjaDecree) else "Anggota tersimpan."
    return perform(
        request, row, form, stored, page=show, to=to, done=done, kept=kept, repeated=repeated
    )


def _form_page(
    request,
    row,
    *,
    form,
    heading,
    button,
    address,
    back,
    decree=None,
    is_sample=False,
    refusal=None,
    waiting=None,
    status=200,
):
    stale = refusal if isinstance(refusal, StaleRecord) else None
    typed = waiting.typed.get("version") if waiting else None
    version = row.version if row.pk else 0
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "address": address,
        "back": back,
        "decree": decree,
        "is_sample": is_sample or bool(decree and decree.is_sample),
        "refusal": None if stale else refusal,
        "stale": stale,
        "current": stored_values(form, row) if stale else [],
        "version": version if typed is None else typed,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "member": row if isinstance(row, PokjaMember) and row.pk else None,
    }
    return render(request, "meetings/pokja/pokja_form.html", context, status=status)
