"""The admin's page for a new password, handed over on a printed slip or by WhatsApp."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_variables

from kotaku.accounts import notices, slips
from kotaku.accounts.sign_in_limits import release_name
from kotaku.admin_site import shown
from kotaku.admin_site.locks import locked_row
from kotaku.audit import trail
from kotaku.interface.moments import moment_text

NOT_AGAIN = (
    "Kata sandi akun ini sudah berganti sejak halaman ini dibuka, jadi sekarang tidak diganti lagi. Slip "
    "hanya tampil sekali: bila belum tercetak, buat kata sandi baru sekali lagi."
)


class SlipsOfAccounts:
    """Mixin for the admin of accounts: ask, then make a new password and show its slip, once."""

    def get_urls(self):
        """Add the URL of the question and the slip."""
        page = self.admin_site.admin_view(self.give_slip)
        return [path("<path:object_id>/slip/", page, name="kotaku_user_slip"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Link the page for accounts of others that can sign in."""
        if change and _may_get_slip(request, obj) and self.has_change_permission(request, obj):
            context["slip_url"] = reverse("admin:kotaku_user_slip", args=[obj.pk])
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    @sensitive_variables()
    def give_slip(self, request, object_id):
        """Ask whether the old password may end; then give a new one and show the slip.

        A second click changes nothing.
        """
        with transaction.atomic():
            account = locked_row(self, request, object_id)
            if account is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            if not self.has_change_permission(request, account):
                raise PermissionDenied
            page = reverse("admin:kotaku_user_change", args=[account.pk])
            if not _may_get_slip(request, account):
                messages.error(
                    request,
                    "Slip hanya untuk akun aktif orang lain. Ganti kata sandi Anda di Akun.",
                )
                return redirect(page)
            if request.method != "POST":
                return self._question(request, account, page)
            if not shown.fits(shown.unseal(request.POST.get("slip_state", "")), _marks(account)):
                messages.error(request, NOT_AGAIN)
                return redirect(page)
            slip = slips.give_passphrase(account)
            # Lift the sign-in lock: the failed attempts used the old password.
            release_name(account.username)
            notices.tell(trail.Kind.PASSWORD_GIVEN, request, [account])
            self.log_change(request, account, "Kata sandi baru dengan slip.")
        back = (f"Kembali ke akun {account}", page)
        return slips.slips_page(
            request, [slip], region=account.region, back=back, message=slips.message_of(account)
        )

    def _question(self, request, account, page):
        """Show what ends with the old password, before anything is done."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Kata sandi baru untuk {account}?",
            "account": account,
            "last": last_sign_in(account),
            "page": page,
            "slip_state": shown.seal(_marks(account)),
        }
        response = render(request, "admin/user_slip.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


def last_sign_in(account) -> str:
    """Return the sentences on when an account was used last, and whether a slip is in use."""
    seen = f"Masuk terakhir {moment_text(account.last_login)}."
    seen = seen if account.last_login else "Belum pernah masuk."
    if not (account.must_change_password and account.password_given_at):
        return seen
    given = moment_text(account.password_given_at)
    return f"{seen} Kata sandi sementara dari {given} belum diganti."


def _may_get_slip(request, account) -> bool:
    return account.is_active and account.pk != request.user.pk


def _marks(account) -> dict:
    return {"of": account.pk, "password": shown.mark(account.password)}
