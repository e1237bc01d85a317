"""Accounts: role and villages on one page."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.exchange.resources import UserResource
from areas.models import Village
from kotaku.models import Role, User


def villages_field():
    """Return the field in which an officer's villages are chosen."""
    return forms.ModelMultipleChoiceField(
        label="Desa/kelurahan",
        queryset=Village.objects.all(),
        required=False,
        widget=FilteredSelectMultiple("desa/kelurahan", is_stacked=False),
        help_text="Hanya untuk petugas desa/kelurahan.",
    )


class VillagesMixin:
    """Keeps role and villages in step."""

    def clean(self):
        """Refuse villages for people who are no village officers, and officers without any."""
        cleaned = super().clean()
        role, villages = cleaned.get("role"), cleaned.get("villages")
        if villages and role != Role.VILLAGE_OFFICER:
            self.add_error(
                "villages", 'Pilih peran "Petugas desa/kelurahan", atau kosongkan desanya.'
            )
        if role == Role.VILLAGE_OFFICER and not villages:
            self.add_error("villages", "Pilih desa/kelurahan yang diisi oleh petugas ini.")
        return cleaned


class UserWithVillagesForm(VillagesMixin, UserChangeForm):
    """An account that exists already."""

    villages = villages_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].initial = self.instance.villages.all()


class NewUserWithVillagesForm(VillagesMixin, AdminUserCreationForm):
    """A new account; its first password has to be changed at the first sign-in."""

    villages = villages_field()


@admin.register(User)
class KotakuUserAdmin(SpreadsheetAdmin, UserAdmin):
    """Users with role, contacts and villages."""

    resource_class = UserResource

    form = UserWithVillagesForm
    add_form = NewUserWithVillagesForm
    list_display = [
        "username",
        "get_full_name",
        "role",
        "village_names",
        "is_active",
        "is_superuser",
    ]
    list_filter = ["role", "is_active", "is_superuser", "villages__district"]
    search_fields = ["username", "first_name", "last_name", "position", "villages__name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        ("Orang", {"fields": ["first_name", "last_name", "position", "phone", "email"]}),
        ("Peran", {"fields": ["role", "villages", "is_active", "is_staff", "is_superuser"]}),
        ("Tanggal", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Orang", {"fields": ["first_name", "last_name", "position", "phone", "email"]}),
        ("Peran", {"fields": ["role", "villages"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request):
        """Load the villages of all rows at once."""
        return super().get_queryset(request).prefetch_related("villages")

    @admin.display(description="desa/kelurahan")
    def village_names(self, user):
        """Return the officer's villages."""
        return ", ".join(village.full_name for village in user.villages.all()) or None

    def save_model(self, request, obj, form, change):
        """Ask for a new password after somebody else has set it."""
        if not change or "password1" in form.changed_data:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Store the chosen villages with the account."""
        super().save_related(request, form, formsets, change)
        if "villages" in form.cleaned_data:
            form.instance.villages.set(form.cleaned_data["villages"])

    def has_delete_permission(self, request, obj=None):
        """People who have done something stay in its history; deactivate the account instead."""
        return False
