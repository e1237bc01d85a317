"""Accounts for all villages of a period in one go: preview, creation, slips."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from areas.admin.access import access_of, changes_between
from areas.admin.new_accounts import (
    MOST,
    create_accounts,
    marks_of,
    plan_of,
    renew_passphrases,
)
from areas.models import Programme
from kotaku.accounts import notices, slips
from kotaku.admin_site import shown
from kotaku.admin_site.regional_admin import own
from kotaku.audit import trail

CHANGED = (
    "Daftar ini sudah berubah sejak halaman ini dibuka, jadi sekarang tidak ada yang dibuat. Slip hanya "
    "tampil sekali: bila belum tercetak, pakai “Kata sandi baru” di bawah."
)


class PeriodForm(forms.Form):
    """The period whose villages get accounts; only periods of the admin's region are offered."""

    periode = forms.ModelChoiceField(
        label="Periode",
        queryset=Programme.objects.none(),
        empty_label=None,
        error_messages={
            "invalid_choice": "Periode ini tidak ada di wilayah Anda. Pilih dari daftar."
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["periode"].queryset = own(
            Programme.objects.order_by("-is_current", "-baseline_year", "name"), user
        )


def _chosen(request):
    """Return the data of the form: as sent, else the current period; None if there is none."""
    if sent := request.POST or request.GET:
        return sent
    current = own(Programme.objects.filter(is_current=True).order_by("pk"), request.user).first()
    return {"periode": current.pk} if current else None


class VillageAccounts:
    """Mixin for the admin of accounts: the page that makes accounts for villages without one."""

    def get_urls(self):
        """Add the page."""
        page = self.admin_site.admin_view(self.village_accounts)
        return [path("akun-desa/", page, name="kotaku_user_villages"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @sensitive_variables()
    def village_accounts(self, request):
        """Show who has an account and who gets one; create them and show their slips, once."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = PeriodForm(_chosen(request), user=request.user)
        programme = form.cleaned_data["periode"] if form.is_bound and form.is_valid() else None
        if programme is None:
            return self._page(request, form, None)
        if request.method != "POST":
            return self._page(request, form, programme)
        if "perbarui" in request.POST and "setuju" not in request.POST:
            return self._page(request, form, programme, unticked=True, status=422)
        was = shown.unseal(request.POST.get("daftar", ""))
        make = renew_passphrases if "perbarui" in request.POST else create_accounts
        made = make(programme, request.user, was)
        if made is None:
            messages.error(request, CHANGED)
            return self._page(request, form, programme, status=409)
        for user, _ in made:
            if make is create_accounts:
                access = changes_between({}, access_of(user))
                trail.record(trail.Kind.ACCOUNT_CREATED, request, subject=user, text=access)
                self.log_addition(request, user, f"Akun desa untuk {programme}.")
            else:
                self.log_change(request, user, "Kata sandi baru dengan slip.")
        notices.tell(trail.Kind.PASSWORD_GIVEN, request, [user for user, _ in made])
        back = reverse("admin:kotaku_user_villages", query={"periode": programme.pk})
        return slips.slips_page(
            request,
            [slips.slip_of(user, passphrase) for user, passphrase in made],
            region=programme.region,
            back=("Kembali ke daftar akun desa", back),
        )

    def _page(self, request, form, programme, *, unticked=False, status=200):
        plan = plan_of(programme, request.user) if programme else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Akun untuk semua desa/kelurahan",
            "form": form,
            "programme": programme,
            "plan": plan,
            "most": MOST,
            "unticked": unticked,
            "daftar": shown.seal(marks_of(plan)) if plan else "",
        }
        response = render(request, "admin/village_accounts.html", context, status=status)
        response["Cache-Control"] = "private, no-store"
        return response
