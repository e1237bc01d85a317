"""The privacy page, and the pages on which the office removes a person's contacts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kotaku import contributions
from kotaku.interface.search import words_of
from kotaku.privacy import own_terms
from kotaku.privacy.retention import terms
from kotaku.requests.permissions import bappeda_required


@login_not_required
@require_safe
def privacy(request):
    """Show what is kept about people, and how long."""
    context = {
        "terms": terms(),
        "device_terms": own_terms.device_terms(),
    }
    return render(request, "privacy/privacy.html", context)


@bappeda_required
@require_safe
def contacts(request):
    """Find people with contact data by name."""
    query = request.GET.get("q", "").strip()[:200]
    words, found = words_of(query), []
    if words:
        for source in contributions.contact_sources:
            found += source.find(words, request.user)
    return render(request, "privacy/contacts.html", {"query": query, "found": found})


@bappeda_required
@require_safe
def holder(request, kind, pk):
    """Show what would be removed of one person, and what stays."""
    return render(request, "privacy/contact_holder.html", {"holder": _holder(request, kind, pk)})


@bappeda_required
@require_POST
def removal(request, kind, pk):
    """Remove a person's contacts; a second click finds none and changes nothing."""
    person = _holder(request, kind, pk)
    if person.kept:
        person.remove(request)
    messages.success(
        request, f"Kontak {person.name} sudah dihapus. Namanya di catatan resmi tetap."
    )
    return redirect(reverse("contacts"))


def _holder(request, kind, pk):
    for source in contributions.contact_sources:
        found = source.get(pk, request.user) if source.kind == kind else None
        if found:
            return found
    raise Http404("Orang ini tidak ada di wilayah Anda.")
