"""Forms for codes and passwords of the second step."""

from django import forms

from kotaku.accounts.password_attempts import WRONG
from kotaku.accounts.passwords import first_accepted

WRONG_CODE = (
    "Kode tidak cocok. Tulis kode yang sedang tampil di aplikasi; setiap kode hanya berlaku sekali."
)
UNREADABLE = (
    "Kode tidak dapat diperiksa, karena kunci di server sudah berganti. Ini bukan kesalahan Anda. Pakai "
    "kode pemulihan, atau minta admin di Bappeda menyetel ulang verifikasi dua langkah akun Anda."
)


class CodeField(forms.CharField):
    """Six digits of the app, or a recovery code where allowed; spaces are ignored."""

    def __init__(self, **kwargs):
        attrs = {
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
            "enterkeyhint": "go",
            **kwargs.pop("attrs", {}),
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("error_messages", {"required": "Tulis kode 6 angka dari aplikasi Anda."})
        super().__init__(**kwargs)

    def to_python(self, value):
        """Return the code without spaces; apps show spaces between its digits."""
        return "".join(super().to_python(value).split())


class AnsweringForm(forms.Form):
    """A form with a code that may be wrong, or sent too soon after wrong ones."""

    def refuse(self, answer):
        """Show an error beside the code."""
        if answer.is_unreadable:
            sentence = UNREADABLE
        elif answer.wait:
            sentence = (
                f"Terlalu banyak kode yang salah. Tunggu {answer.wait} detik, lalu coba lagi."
            )
        else:
            sentence = WRONG_CODE
        self.add_error("code", sentence)


class SecondStepForm(AnsweringForm):
    """The form for the code after the password."""

    code = CodeField(
        label="Kode",
        help_text="6 angka dari aplikasi kode di ponsel Anda, atau satu kode pemulihan.",
        attrs={"autofocus": True},
    )


class AppCodeForm(AnsweringForm):
    """The form for a code of the app, required before changes of the second step."""

    code = CodeField(
        label="Kode dari aplikasi",
        help_text="6 angka yang sedang tampil.",
        attrs={"inputmode": "numeric"},
    )


class EnrolmentForm(AppCodeForm):
    """The first code of a new app, and the password, so that a borrowed session is not enough."""

    password = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        # Not stripped, like in Django's sign-in: a valid password must not be refused here.
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Tulis kata sandi Anda."},
    )

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        """Refuse a wrong password."""
        password = self.cleaned_data["password"]
        if not first_accepted(self.user.check_password, password):
            raise forms.ValidationError(
                "Kata sandi tidak cocok. Tulis kata sandi yang Anda pakai masuk.", code=WRONG
            )
        return password
