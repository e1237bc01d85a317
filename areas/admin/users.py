"""Accounts: role and villages on one page."""

from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.utils import timezone

from areas.admin.access import access_of, changes_between
from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.admin.village_accounts import VillageAccounts
from areas.models import Baseline, Village
from kotaku.accounts import notices, two_factor
from kotaku.accounts.reset_admin import SlipsOfAccounts
from kotaku.accounts.sign_in_limits import release_name
from kotaku.admin_site.autocomplete import SearchSeveral
from kotaku.admin_site.regional_admin import (
    RegionalAdmin,
    are_many,
    own,
    with_stored,
)
from kotaku.audit import trail
from kotaku.interface.fields import SeveralField
from kotaku.models import Role, User
from kotaku.models.region import inside


def villages_field(villages=None):
    """Return the form field for an officer's villages; a search field if there are many."""
    if villages is not None and are_many(villages):
        # The search widget needs a foreign key to the village model; any one will do.
        widget = SearchSeveral(Baseline._meta.get_field("village"), admin.site)
    else:
        widget = FilteredSelectMultiple("desa/kelurahan", is_stacked=False)
    return SeveralField(
        label="Desa/kelurahan",
        queryset=Village.objects.all() if villages is None else villages,
        required=False,
        widget=widget,
        help_text="Hanya untuk petugas desa/kelurahan.",
    )


class VillagesMixin:
    """Requires the full name, and keeps role and villages consistent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "full_name" in self.fields:
            # Lists, minutes and invitations name people; the model allows "" for technical accounts.
            self.fields["full_name"].required = True
            self.fields["full_name"].error_messages["required"] = "Tulis nama lengkapnya."

    def clean(self):
        """Allow villages only for village officers, who need some, all inside the user's region."""
        cleaned = super().clean()
        role, villages = cleaned.get("role"), cleaned.get("villages")
        if villages and role != Role.VILLAGE_OFFICER:
            self.add_error(
                "villages", 'Pilih peran "Petugas desa/kelurahan", atau kosongkan desanya.'
            )
        if role == Role.VILLAGE_OFFICER and not villages:
            self.add_error("villages", "Pilih desa/kelurahan yang diisi oleh petugas ini.")
        region = cleaned.get("region")
        if villages and region and villages.exclude(inside(region, Village.region_path)).exists():
            self.add_error("villages", f"Ada desa/kelurahan di luar {region}. Periksa wilayahnya.")
        return cleaned


class UserWithVillagesForm(VillagesMixin, UserChangeForm):
    """The form of an existing account."""

    villages = villages_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].initial = self.instance.villages.all()


class NewUserWithVillagesForm(VillagesMixin, AdminUserCreationForm):
    """The form of a new account; its user must change the password at the first sign-in."""

    villages = villages_field()


class PasswordOfOthersForm(AdminPasswordChangeForm):
    """A password set by an admin; the user must change it at the next sign-in."""

    # Django's own text ends in English; its script looks for the id of the warning.
    usable_password_help_text = (
        "Apakah akun ini boleh masuk dengan kata sandi. "
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "Bila tidak boleh, kata sandi yang sekarang hilang.</li></ul>"
    )

    def save(self, commit=True):
        """Store the password and require a change at the next sign-in."""
        self.user.must_change_password, self.user.password_given_at = True, timezone.now()
        return super().save(commit)


@admin.register(User)
class KotakuUserAdmin(SlipsOfAccounts, VillageAccounts, SpreadsheetAdmin, RegionalAdmin, UserAdmin):
    """Users with role, contacts and villages."""

    # Without phone numbers and passwords.
    exported = {
        "nama_pengguna": "username",
        "nama": "full_name",
        "jabatan": "position",
        "peran": "get_role_display",
        "aktif": "is_active",
    }

    change_list_template = "admin/user_list.html"
    change_form_template = "admin/user_form.html"
    form = UserWithVillagesForm
    add_form = NewUserWithVillagesForm
    change_password_form = PasswordOfOthersForm
    actions = ["reset_two_factor", "release_sign_in"]
    list_display = [
        "username",
        "full_name",
        "position",
        "role_shown",
        "region",
        "village_names",
        "is_active",
    ]
    list_filter = ["role", "is_active", "is_superuser", "region"]
    search_fields = ["username", "full_name", "position", "villages__name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password", "password_given_at"]}),
        ("Verifikasi dua langkah", {"fields": ["must_use_two_factor", "two_factor_since"]}),
        ("Orang", {"fields": ["full_name", "position", "phone", "email"]}),
        (
            "Peran",
            {"fields": ["role", "region", "villages", "is_active", "is_staff", "is_superuser"]},
        ),
        ("Tanggal", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Orang", {"fields": ["full_name", "position", "phone", "email"]}),
        ("Peran", {"fields": ["role", "region", "villages"]}),
    ]
    readonly_fields = ["password_given_at", "two_factor_since", "last_login", "date_joined"]

    def get_queryset(self, request):
        """Load the villages of all rows in one query."""
        return super().get_queryset(request).select_related("region").prefetch_related("villages")

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Offer the villages of this admin's region and those the user already has."""
        form = super().get_form(request, obj, change=change, **kwargs)
        villages = own(Village.objects.all(), request.user)
        stored = obj.villages.values("pk") if obj else []
        form.base_fields["villages"] = villages_field(with_stored(villages, stored))
        return form

    @admin.display(description="peran", ordering="role")
    def role_shown(self, user):
        """Return the role, which means nothing for an admin of everything."""
        return "Admin" if user.is_superuser else user.get_role_display()

    @admin.display(description="desa/kelurahan")
    def village_names(self, user):
        """Return the officer's villages."""
        return ", ".join(village.full_name for village in user.villages.all()) or None

    def save_model(self, request, obj, form, change):
        """Require a new password at the next sign-in if the admin has set one."""
        # Read the old access from the database before saving overwrites it.
        request.access_before = access_of(User.objects.get(pk=obj.pk)) if change else {}
        if not change or "password1" in form.changed_data:
            obj.must_change_password, obj.password_given_at = True, timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Store the chosen villages and record the changes of access and contacts."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        if "villages" in form.cleaned_data:
            user.villages.set(form.cleaned_data["villages"])
        changes = changes_between(request.access_before, access_of(user))
        if changes:
            kind = trail.Kind.ACCESS_CHANGED if change else trail.Kind.ACCOUNT_CREATED
            trail.record(kind, request, subject=user, text=changes)
        if change:
            notices.tell_changed_contacts(request, form)

    def user_change_password(self, request, id, form_url=""):
        """Let an admin set a password, recorded in the audit log."""
        response = self.guard_row(
            request,
            id,
            lambda: super(KotakuUserAdmin, self).user_change_password(request, id, form_url),
        )
        # A redirect means that the password was stored.
        if request.method == "POST" and response.status_code == 302:
            account = self.get_object(request, id)
            # Lift the sign-in lock: the failed attempts used the old password.
            release_name(account.get_username())
            notices.tell(trail.Kind.PASSWORD_CHANGED, request, [account], text="oleh admin")
        return response

    @admin.action(description="Setel ulang verifikasi dua langkah (ponsel hilang)")
    def reset_two_factor(self, request, queryset):
        """Disable two-factor sign-in for the chosen users and end their sessions."""
        people = list(queryset.exclude(two_factor_since=None))
        for user in people:
            two_factor.disable(user)
        notices.tell(trail.Kind.TWO_FACTOR_RESET, request, people)
        self.message_user(request, f"Verifikasi dua langkah {len(people)} akun disetel ulang.")

    @admin.action(description="Buka kunci masuk")
    def release_sign_in(self, request, queryset):
        """Lift the sign-in lock of the chosen users."""
        people = [user for user in queryset if release_name(user.get_username())]
        for user in people:
            trail.record(trail.Kind.SIGN_IN_RELEASED, request, subject=user)
        self.message_user(request, f"Kunci masuk {len(people)} akun dibuka.")

    def has_delete_permission(self, request, obj=None):
        """Accounts stay, because histories refer to them; deactivate the account instead."""
        return False
