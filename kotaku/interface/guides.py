"""A guide of one printed page for each role; readable by everybody, also before signing in."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Guide:
    """A guide: its name in the address, its title, its template."""

    slug: str
    title: str
    template: str


GUIDES = (
    Guide("umum", "Masyarakat", "guides/public.html"),
    Guide("desa", "Kepala desa dan lurah", "guides/village.html"),
    Guide("bappeda", "Bappeda", "guides/bappeda.html"),
    Guide("admin", "Admin", "guides/admin.html"),
)


def slug_for(user) -> str:
    """Return the guide of this user's role."""
    if not user.is_authenticated:
        return "umum"
    if user.is_village_officer:
        return "desa"
    if user.is_superuser:
        return "admin"
    return "bappeda" if user.is_bappeda else "umum"


@login_not_required
@require_safe
def own_guide(request):
    """Show the guide of the visitor's role."""
    return _page(request, slug_for(request.user))


@login_not_required
@require_safe
def guide(request, role):
    """Show the guide of a role."""
    return _page(request, role)


def _page(request, slug):
    chosen = next((each for each in GUIDES if each.slug == slug), None)
    if chosen is None:
        raise Http404("Panduan tidak ada.")
    return render(request, chosen.template, {"guide": chosen, "guides": GUIDES})
