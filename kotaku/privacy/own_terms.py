"""How long this app keeps personal data, in the words of the privacy page, and its deletion."""

from datetime import timedelta
from importlib import import_module

from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings

from kotaku.accounts import devices, reset_links, sign_in_limits
from kotaku.contributions import Term
from kotaku.integrity.history import history_may_change
from kotaku.models import AuditEvent, SentForm
from kotaku.models.sent_form import KEPT_FOR
from kotaku.models.user import GIVEN_DAYS

# Days after which an audit entry no longer says from which IP address something was done.
ADDRESS_DAYS = 365
# As in kotaku-backup.service and static/js/kept-files.js; tests compare them.
BACKUPS_KEPT = 30
UNSENT_DAYS = 60


def terms() -> list[Term]:
    """Return the terms of sessions, sign-ins, forms, passwords and backups."""
    return [
        Term(
            "sessions",
            "Sesi masuk, dengan isian yang tertahan di dalamnya",
            f"{settings.SESSION_COOKIE_AGE // 3600} jam sesudah masuk, atau sampai Anda keluar",
            _remove_sessions,
        ),
        Term(
            "failed sign-ins",
            "Kegagalan masuk dan permintaan tautan kata sandi: nama pengguna, alamat IP, peramban",
            f"{sign_in_limits.DAY.days} hari",
            _remove_failures,
        ),
        Term(
            "receipts of sent forms",
            "Tanda terima formulir, agar kiriman ulang dari ponsel tidak tersimpan dua kali",
            f"{KEPT_FOR.days} hari",
            lambda now: SentForm.objects.filter(at__lt=now - KEPT_FOR).delete()[0],
        ),
        Term(
            "addresses in the audit",
            "Alamat IP di jejak audit: dari mana seseorang masuk atau mengubah sesuatu",
            f"{ADDRESS_DAYS} hari",
            _forget_addresses,
        ),
        Term(
            "",
            "Kata sandi sementara dan tautan kata sandi dari admin",
            f"Kata sandi sementara berlaku {GIVEN_DAYS} hari, tautan {reset_links.HOURS} jam",
        ),
        Term(
            "",
            "Cadangan seluruh situs, dibuat setiap malam",
            f"{BACKUPS_KEPT} cadangan terakhir; yang dihapus hari ini masih ada di situ selama itu",
        ),
    ]


def device_terms() -> list[Term]:
    """Return the terms of what stays on the visitor's own device."""
    return [
        Term(
            "",
            "Cookie sesi, hanya bila Anda masuk",
            f"{settings.SESSION_COOKIE_AGE // 3600} jam",
        ),
        Term(
            "",
            "Cookie pengenal perangkat, agar Anda dikabari bila akun dipakai di perangkat lain",
            f"{devices.DAYS} hari sejak masuk terakhir",
        ),
        Term("", "Ketikan yang belum disimpan", "Sampai disimpan, atau sampai Anda keluar"),
        Term("", "Formulir dan foto yang belum terkirim", f"{UNSENT_DAYS} hari"),
    ]


def _forget_addresses(now) -> int:
    old = AuditEvent._base_manager.filter(at__lt=now - timedelta(days=ADDRESS_DAYS))
    with history_may_change():
        return old.exclude(address=None).update(address=None)


def _remove_sessions(now) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    found = store.get_model_class().objects.filter(expire_date__lt=now)
    number = found.count()
    store.clear_expired()
    return number


def _remove_failures(now) -> int:
    """Delete failures that lock neither a name nor an address any more."""
    longest: timedelta = sign_in_limits.DAY
    attempts = AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME)
    failures = AccessFailureLog.objects.filter(attempt_time__lt=now - longest)
    return attempts.delete()[0] + failures.delete()[0]
