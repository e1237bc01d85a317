"""Send a test mail to the admin, and remember that the mail server took it."""

from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kotaku.audit import trail
from kotaku.mail import has_server
from kotaku.models import AuditEvent
from kotaku.requests.site_address import site_address

# The name in brackets is what a technician looks for in the guide of the server.
ASK_TECHNICIAN = (
    "Minta petugas teknis yang mengelola server memeriksa alamat dan kata sandi server email di "
    "pengaturannya (EMAIL_URL)."
)
NO_SERVER = "Email belum dapat dikirim: server email belum diatur. " + ASK_TECHNICIAN
NO_ADDRESS = "Akun Anda belum mempunyai alamat email. Tulis dahulu di halaman Akun."


def was_delivered() -> bool:
    """Whether the present mail server has taken a test mail."""
    tried = AuditEvent.objects.filter(kind=trail.Kind.MAIL_TRIED, text__endswith=_by_server())
    return has_server() and tried.exists()


def _by_server() -> str:
    return f"lewat {settings.EMAIL_HOST}"


@require_http_methods(["POST"])
def send(request):
    """Send a test mail to the signed-in admin."""
    if not request.user.is_superuser:
        raise PermissionDenied
    sentence, level = _try(request)
    messages.add_message(request, level, sentence)
    return redirect("profile" if sentence == NO_ADDRESS else "admin:index")


def _try(request):
    address = request.user.email
    if not has_server():
        return NO_SERVER, messages.ERROR
    if not address:
        return NO_ADDRESS, messages.ERROR
    subject = f"Email uji dari {settings.SITE_NAME}"
    text = f"Email dari {site_address()} sampai. Anda tidak perlu membalas."
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as error:
        reason = f"Server email {settings.EMAIL_HOST} menolak atau tidak menjawab ({error})."
        return f"{reason} {ASK_TECHNICIAN}", messages.ERROR
    trail.record(trail.Kind.MAIL_TRIED, request, text=f"ke {address} {_by_server()}")
    return f"Email uji dikirim ke {address}. Periksa kotak masuk dan folder spam.", messages.SUCCESS
