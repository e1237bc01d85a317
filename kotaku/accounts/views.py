"""Password, profile, search, gallery, and the page for a failed CSRF check."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from kotaku import contributions
from kotaku.accounts import notices
from kotaku.accounts.forms import PasswordForm, ProfileForm, SignInForm
from kotaku.accounts.notices import tell_changed_contacts
from kotaku.accounts.password_attempts import judge_password
from kotaku.admin_site import shown
from kotaku.admin_site.stale_forms import Comparison
from kotaku.audit import trail
from kotaku.gallery import examples as gallery_examples
from kotaku.interface.search import words_of
from kotaku.models import User
from kotaku.requests import kept_forms
from kotaku.requests.next_page import next_page


class PasswordChange(auth_views.PasswordChangeView):
    """Choose a new password; required after an admin has set it."""

    template_name = "registration/password_change.html"
    form_class = PasswordForm

    def form_invalid(self, form):
        """Show the errors; too many wrong old passwords end the session."""
        way_out = judge_password(self.request, form, "old_password", "Ganti kata sandi")
        return way_out or super().form_invalid(form)

    def form_valid(self, form):
        """Store the password; the user is no longer required to change it."""
        judge_password(self.request, form, "old_password", "Ganti kata sandi")
        form.user.choose_password(form.cleaned_data["new_password1"])
        form.user.save(update_fields=["password", "must_change_password", "password_given_at"])
        auth_views.update_session_auth_hash(self.request, form.user)
        notices.tell(trail.Kind.PASSWORD_CHANGED, self.request, [form.user])
        messages.success(self.request, "Kata sandi Anda sudah diganti.")
        return redirect(next_page(self.request) or "profile")


def profile(request):
    """Show the account, and let users change their name, position and contacts."""
    if request.method == "POST":
        return _store_profile(request)
    form = ProfileForm(instance=request.user)
    return _profile_page(request, form, shown.seal(_profile_marks(form)))


def _store_profile(request):
    with transaction.atomic():
        # Lock the account before reading its present values.
        account = User.objects.select_for_update().get(pk=request.user.pk)
        now = ProfileForm(instance=account)
        marks, was = _profile_marks(now), shown.unseal(request.POST.get(shown.FIELD, ""))
        token = shown.seal(marks)
        if not shown.fits(was, marks):
            found = Comparison(was, request.POST)
            found.take_form(now)
            form = ProfileForm(found.data, instance=account)
            return _profile_page(request, form, token, stale=found.lines, status=409)
        form = ProfileForm(request.POST, instance=account)
        if not form.is_valid():
            return _profile_page(request, form, token)
        form.save()
        tell_changed_contacts(request, form)
    messages.success(request, "Profil Anda sudah disimpan.")
    return redirect("profile")


def _profile_marks(form) -> dict:
    return {"of": form.instance.pk, "fields": shown.marks_of_form(form)}


def _profile_page(request, form, token, *, stale=None, status=200):
    context = {
        "form": form,
        "villages": request.user.villages.select_related("district"),
        "owner": kept_forms.owner_note(request.user),
        "events": notices.recent(request.user),
        "shown": token,
        "stale": stale is not None,
        "current": [(line.label, line.stored) for line in stale or ()],
    }
    return render(request, "registration/profile.html", context, status=status)


def csrf_failure(request, reason=""):
    """Keep and show again a form that failed the CSRF check, usually by a new sign-in."""
    try:
        match = resolve(request.path)
    except Resolver404:
        match = None
    form_page = getattr(match.func, "form_page", None) if match else None
    if form_page:
        page = form_page(request, **match.kwargs)
        if kept_forms.stash(request, page):
            return redirect(page)
    return render(request, "403_csrf.html", status=403)


@login_not_required
@require_safe
def search(request):
    """Search villages, meetings, decisions and reports that the user may see."""
    query = request.GET.get("q", "").strip()[:200]
    words = words_of(query)
    hits = contributions.gather(contributions.search_sources, words, request.user) if words else []
    return render(request, "search.html", {"query": query, "hits": hits})


@login_not_required
def gallery(request):
    """Show each partial empty, full and in error; for developers, so only with DEBUG on."""
    if not settings.DEBUG:
        raise Http404
    form = SignInForm(request, data={"username": "", "password": ""})
    context = {"form": form, "empty_form": SignInForm(request), **gallery_examples()}
    return render(request, "components/gallery.html", context)
