"""Ask for a link by mail, and choose a new password with a link from mail or from an admin."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from kotaku.accounts import notices
from kotaku.accounts.forms import NewPasswordForm, ResetRequestForm
from kotaku.accounts.reset_links import HOURS, tokens
from kotaku.accounts.reset_requests import RedirectThenSend, ask
from kotaku.accounts.sign_in_limits import address_lock, release_name, wait_text
from kotaku.audit import trail
from kotaku.mail import has_server
from kotaku.models import User
from kotaku.requests.client_address import throttled_address


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request):
    """Ask for a link by user name or address; the answer is the same whether it is known or not."""
    posted = request.method == "POST" and has_server()
    form = ResetRequestForm(request.POST if posted else None)
    lock = address_lock(throttled_address(request)) if posted else None
    if posted and lock is None and form.is_valid():
        found = ask(request, form.cleaned_data["account"])
        return RedirectThenSend(reverse("password-reset-sent"), found)
    wait = wait_text(lock) if lock else ""
    context = {"form": form, "wait": wait, "sends_mail": has_server()}
    status = 429 if lock else 422 if form.errors else 200
    response = render(request, "registration/password_reset.html", context, status=status)
    if lock:
        response["Retry-After"] = str(max(1, round((lock - timezone.now()).total_seconds())))
    return response


@login_not_required
@require_safe
def sent_page(request):
    """Say where to look for the mail."""
    return render(request, "registration/password_reset_sent.html", {"hours": HOURS})


@method_decorator(login_not_required, name="dispatch")
class NewPassword(auth_views.PasswordResetConfirmView):
    """Choose a new password with a link; Django moves its token from the URL to the session.

    The link signs no account in: an account with a second step needs that too.
    """

    template_name = "registration/password_reset_confirm.html"
    form_class = NewPasswordForm
    token_generator = tokens

    def get_user(self, uidb64):
        """Return the active account of the link, or None."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def get_context_data(self, **kwargs):
        """Add how long links work."""
        return super().get_context_data(hours=HOURS, **kwargs)

    def render_to_response(self, context, **kwargs):
        """Answer 410 for a link that no longer works, 422 for a password that is refused."""
        kwargs["status"] = 410 if not self.validlink else 422 if context["form"].errors else 200
        return super().render_to_response(context, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        """Store the password unless the link was used meanwhile; other sessions end with it."""
        token = self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN]
        account = User.objects.select_for_update().get(pk=self.user.pk)
        if not self.token_generator.check_token(account, token):
            self.validlink = False
            return self.render_to_response(self.get_context_data(form=None))
        account.choose_password(form.cleaned_data["new_password1"])
        account.save(update_fields=["password", "must_change_password", "password_given_at"])
        del self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN]
        # Lift the sign-in lock: the failed attempts used the old password.
        release_name(account.username)
        notices.tell(trail.Kind.PASSWORD_RESET, self.request, [account])
        messages.success(
            self.request,
            f"Kata sandi baru sudah tersimpan. Masuk dengan nama pengguna {account.username}.",
        )
        return redirect("login")
