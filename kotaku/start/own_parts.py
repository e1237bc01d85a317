"""What this app contributes to the admin's start page: region, accounts, mail."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kotaku.contributions import AdminLists, Finding, SetupStep
from kotaku.mail import has_server
from kotaku.models import Contact, FailedSignIn, Region, Role, User
from kotaku.regions.home import home_region, working_region
from kotaku.start import mail_trial

REGION, BAPPEDA, CONTACT, MAIL = 10, 40, 70, 80
NAMED = 3


def setup_steps(user) -> list[SetupStep]:
    """Return the steps about region, accounts of Bappeda, contact and mail."""
    return [_region_step(), _bappeda_step(user), _contact_step(user), _mail_step()]


def _region_step():
    home, code = home_region(), settings.HOME_REGION
    purpose = "Judul, surat, dan halaman utama memakai nama wilayah ini."
    if home:
        title = f"Wilayah: {home.full_name} ({home.code})"
        return SetupStep(REGION, title, purpose, True, "", "")
    title = f"Wilayah berkode {code} belum ada"
    purpose += f" Buat wilayahnya, atau minta pengelola server membetulkan HOME_REGION ({code})."
    return SetupStep(
        REGION, title, purpose, False, "Buat wilayah", reverse("admin:kotaku_region_add")
    )


def _bappeda_step(user):
    people = User.objects.filter(user.within(User.region_path), role=Role.BAPPEDA)
    count = people.filter(is_active=True, is_superuser=False).count()
    return SetupStep(
        BAPPEDA,
        f"Akun Bappeda: {count}" if count else "Akun Bappeda",
        "Memeriksa angka dan menyusun rapat. Yang mengisi tidak memverifikasi isiannya sendiri.",
        count > 0,
        "Buat akun Bappeda",
        reverse("admin:kotaku_user_add", query={"role": Role.BAPPEDA}),
    )


def _contact_step(user):
    region = working_region(user)
    found = Contact.objects.filter(region=region, is_sample=False).first() if region else None
    return SetupStep(
        CONTACT,
        f"Kontak bantuan: {found.office}" if found else "Kontak bantuan",
        "Tampil di halaman masuk dan di bawah setiap halaman, bagi yang perlu bertanya.",
        found is not None,
        "Isi kontak",
        reverse("admin:kotaku_contact_changelist"),
    )


def _mail_step():
    return SetupStep(
        MAIL,
        "Email dicoba",
        "Pengingat dan undangan dikirim lewat email. Kirim satu ke alamat Anda sendiri.",
        mail_trial.was_delivered(),
        "Kirim email uji",
        reverse("mail-trial"),
        is_post=True,
    )


def findings(user) -> list[Finding]:
    """Return what is odd about region, sign-ins and mail."""
    return [*_region_findings(), *_locks(user), *_mail_findings()]


def _region_findings():
    home, code = home_region(), settings.HOME_REGION
    if home is None:
        names = ", ".join(f"{each} ({each.code})" for each in Region.objects.all()[:NAMED])
        there = f" Yang ada: {names}." if names else ""
        detail = f"HOME_REGION di pengaturan server berisi {code}, tetapi wilayah itu tidak ada."
        links = (("Buat wilayah", reverse("admin:kotaku_region_add")),)
        yield Finding(f"Wilayah {code} tidak ada", detail + there, links, is_bad=True)


def _locks(user):
    start = timezone.now() - settings.AXES_COOLOFF_TIME
    locked = FailedSignIn.objects.filter(
        failures_since_start__gte=settings.SIGN_IN_FAILURES, attempt_time__gte=start
    )
    if user.region is not None:
        people = User.objects.filter(user.within(User.region_path))
        locked = locked.filter(username__in=people.values("username"))
    typed = {each.username for each in locked}
    names = set(User.objects.filter(username__in=typed).values_list("username", flat=True))
    links = (("Buka kunci", reverse("admin:kotaku_failedsignin_changelist")),)
    many = f"{settings.SIGN_IN_FAILURES} kali salah kata sandi"
    for found, what in ((names, "akun"), (typed - names, "nama yang tidak terdaftar")):
        if found:
            detail = f"{', '.join(sorted(found)[:NAMED])}: {many}"
            yield Finding(f"{len(found)} {what} terkunci", detail, links)


def _mail_findings():
    if not has_server():
        yield Finding(
            "Email tidak terkirim",
            f"Undangan dan pengingat tidak sampai. {mail_trial.ASK_TECHNICIAN}",
        )


def lists() -> list[AdminLists]:
    """Return the lists about regions and people."""
    return [
        AdminLists("Wilayah", ("kotaku.Region",)),
        AdminLists(
            "Orang",
            ("kotaku.User", "kotaku.FailedSignIn", "kotaku.Contact"),
            (("Jejak audit", reverse("audit")), ("Hapus kontak seseorang", reverse("contacts"))),
        ),
    ]
