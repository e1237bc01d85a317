"""Forms of a user's own account: sign-in, password, profile."""

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.views.decorators.debug import sensitive_variables

from kotaku.accounts.password_attempts import WRONG
from kotaku.accounts.passwords import first_accepted
from kotaku.interface.fields import PhoneField
from kotaku.models import User
from kotaku.models.user import GIVEN_DAYS


class SignInForm(AuthenticationForm):
    """Name and password; each error message says what to do next."""

    password = forms.CharField(
        label="Kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    error_messages = {
        "invalid_login": "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.",
        "inactive": "Akun ini tidak aktif. Hubungi admin di Bappeda.",
        "outlived": (
            f"Kata sandi dari admin hanya berlaku {GIVEN_DAYS} hari, dan sudah lewat. Minta kata sandi baru "
            "kepada admin di Bappeda."
        ),
    }

    def confirm_login_allowed(self, user):
        """Refuse, after the right password, one that was handed out too long ago."""
        super().confirm_login_allowed(user)
        if user.has_outlived_password:
            raise forms.ValidationError(self.error_messages["outlived"], code="outlived")


MISMATCH = "Kedua kata sandi baru tidak sama. Tulis lagi yang sama di kedua kotak."


def _put_rules(new, again) -> None:
    """Label the two fields of a new password, with all rules in one sentence."""
    new.label, again.label = "Kata sandi baru", "Ulangi kata sandi baru"
    shortest, longest = settings.PASSWORD_LENGTHS
    new.help_text = (
        f"{shortest} sampai {longest} karakter. Gabungkan beberapa kata yang tidak berhubungan; jangan nama "
        "Anda, dan jangan angka saja."
    )
    again.help_text = ""


class PasswordForm(PasswordChangeForm):
    """The old and a new password, with all rules in one sentence; errors name the broken rule."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "Kata sandi lama tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.",
        "password_unchanged": "Kata sandi baru sama dengan yang lama. Pilih kata sandi yang berbeda.",
        "password_mismatch": MISMATCH,
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Kata sandi lama"
        _put_rules(self.fields["new_password1"], self.fields["new_password2"])

    @sensitive_variables()
    def clean_old_password(self):
        """Refuse a wrong old password; a trailing space is allowed, as at the sign-in."""
        typed = self.cleaned_data["old_password"]
        if not first_accepted(self.user.check_password, typed):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code=WRONG)
        return typed

    @sensitive_variables()
    def clean_new_password1(self):
        """Refuse the old password again, with or without spaces at its end.

        Otherwise the password that an admin chose and knows would remain valid.
        """
        new, old = self.cleaned_data["new_password1"], self.cleaned_data.get("old_password")
        if old is not None and new.rstrip(" ") == old.rstrip(" "):
            raise forms.ValidationError(self.error_messages["password_unchanged"], code="unchanged")
        return new


class NewPasswordForm(SetPasswordForm):
    """A new password chosen with a link, by whom the old one is forgotten."""

    error_messages = SetPasswordForm.error_messages | {"password_mismatch": MISMATCH}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _put_rules(self.fields["new_password1"], self.fields["new_password2"])

    @sensitive_variables()
    def clean_new_password1(self):
        """Refuse the present password, which an admin may know."""
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new) or self.user.check_password(new.rstrip(" ")):
            raise forms.ValidationError(
                "Ini kata sandi Anda yang sekarang. Masuk dengannya, atau pilih yang lain.",
                code="unchanged",
            )
        return new


class ResetRequestForm(forms.Form):
    """Whose password is forgotten: a user name or an address."""

    account = forms.CharField(
        label="Nama pengguna atau alamat email",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Tulis nama pengguna atau alamat email Anda."},
    )


class ProfileForm(forms.ModelForm):
    """The fields that users may change themselves; an admin sets role and villages."""

    phone = PhoneField(
        help_text="Hanya terlihat oleh Bappeda dan admin.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    class Meta:
        model = User
        fields = ["full_name", "position", "phone", "email"]
        labels = {"full_name": "Nama lengkap", "email": "Email"}
        help_texts = {
            "email": "Ke sini kami mengabari Anda, misalnya bila kata sandi Anda berganti.",
        }
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
