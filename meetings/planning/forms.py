"""Forms for a meeting's facts and for uninvited participants."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from areas.models import Programme, Village
from kotaku.interface.fields import (
    DayField,
    SeveralField,
    TimeOfDayField,
    is_key,
)
from kotaku.models import Role, User
from kotaku.models.region import around, inside
from kotaku.regions.home import working_region
from kotaku.workflow.forms import VersionField
from meetings.models import Meeting, Participant, Unsur
from meetings.planning import letter, several_days, way
from meetings.planning.way import ACCESS, AS_GIVEN, LinkField


class AccountField(forms.ModelChoiceField):
    """A choice of accounts, shown by name and position."""

    def label_from_instance(self, user):
        """Return the name with the position, to distinguish people of the same name."""
        return f"{user} — {user.position}" if user.position else str(user)


def account_field(**kwargs):
    """Return a field for choosing an account; `accounts_of` limits it to a region."""
    return AccountField(queryset=accounts_of(None), required=False, empty_label="–", **kwargs)


def accounts_of(region, stored: int | None = None):
    """Return the active accounts of a region, its parts and the regions above it (None: all).

    For a province or the nation, village officers are omitted: the list would be too long. The
    account with the key `stored` is always included, so that saving a form again keeps it.
    """
    people = User.objects.order_by("full_name", "username")
    working = Q(is_active=True)
    if region is not None:
        working &= inside(region) | around(region)
        if region.is_summed:
            working &= ~Q(role=Role.VILLAGE_OFFICER)
    return people.filter(working | Q(pk=stored))


def _choosing_region(meeting, user):
    """Return the region that limits the choice of people and villages; None for the whole site."""
    if meeting.pk:
        return meeting.region
    region = working_region(user)
    return region if user.region or (region and region.is_summed) else None


def offered(model, condition: Q, stored):
    """Return the rows matching a condition (all for an empty one) and those with a stored key.

    Stored choices stay valid, so that a user of another region can save the meeting without loss.
    """
    return model.objects.filter(condition | Q(pk__in=stored)) if condition else model.objects.all()


class MeetingForm(forms.ModelForm):
    """The facts of a meeting. Day, start and end are separate fields: times may be unknown."""

    day = DayField(
        label="Hari/tanggal",
        help_text="Hari pertama, bila lebih dari satu.",
        error_messages={"required": "Pilih tanggal rapat."},
    )
    last_day = DayField(
        label="Sampai tanggal", required=False, help_text="Untuk rapat lebih dari satu hari."
    )
    starts = TimeOfDayField(
        label="Mulai pukul", required=False, help_text="Contoh: 09.00. Kosongkan bila belum pasti."
    )
    ends = TimeOfDayField(
        label="Selesai pukul", required=False, help_text='Kosongkan untuk "s.d. selesai".'
    )
    way = forms.ChoiceField(label="Cara rapat", choices=Meeting.Way, required=False)
    link = LinkField()
    letter_date = DayField(label="Tanggal surat", required=False)
    chair_user = account_field(
        label="Akun pimpinan rapat",
        help_text="Yang mengesahkan notulen. Tanpa akun: petugas Bappeda selain yang mengajukannya.",
    )
    villages = SeveralField(
        label="Desa/kelurahan terkait",
        queryset=Village.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.ChoiceField(
        label="Sumber catatan",
        choices=Meeting.Source,
        required=False,
        help_text="Rapat yang disusun dari berita tidak mempunyai notulen dan keputusan.",
    )
    version = VersionField(required=False)
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields = [
            "title",
            "kind",
            "source",
            "way",
            "place",
            "link",
            "online_id",
            "access_code",
            "organiser",
            "programme",
            "chair",
            "chair_nip",
            "chair_user",
            "minute_taker",
            "minute_taker_nip",
            "letter_number",
            "letter_date",
            "letter_nature",
            "letter_enclosure",
            "signer_position",
            "signer_name",
            "signer_rank",
            "signer_nip",
            "letter_copies",
        ]
        labels = {"title": "Nama rapat", "kind": "Jenis", "chair_user": "Akun pimpinan rapat"}
        widgets = {
            "letter_copies": forms.Textarea(attrs={"rows": 3}),
            "online_id": forms.TextInput(attrs=AS_GIVEN),
            "access_code": forms.TextInput(attrs=AS_GIVEN),
        }
        help_texts = {
            "place": "Untuk rapat tatap muka dan hibrida.",
            "chair": "Nama dan jabatan, seperti akan tercetak di notulen.",
            "minute_taker": "Nama dan jabatan.",
            "chair_nip": "Tercetak di bawah tanda tangan. Kosongkan bila tidak ada.",
            "minute_taker_nip": "Tercetak di bawah tanda tangan. Kosongkan bila tidak ada.",
            "letter_copies": "Satu penerima per baris; tercetak di kaki surat.",
        }
        error_messages = {
            "title": {"required": "Tulis nama rapat."},
            "organiser": {"required": "Tulis penyelenggara rapat."},
        }

    def __init__(self, *args, user, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        region = _choosing_region(meeting, user)
        self.fields["chair_user"].queryset = accounts_of(region, meeting.chair_user_id)
        self.fields["programme"].queryset = offered(
            Programme, user.within("region") & inside(region), [meeting.programme_id]
        )
        # A province has too many villages to list: offer those of the chosen period's region.
        self.picks_by_programme = bool(region and region.is_summed)
        path = Village.region_path
        if self.picks_by_programme:
            where = Q(pk__in=self._ticked())
            if programme := self._chosen_programme():
                where |= inside(programme.region, path)
        else:
            where = inside(region, path)
        stored = meeting.villages.values("pk") if meeting.pk else []
        self.fields["villages"].queryset = offered(Village, user.within(path) & where, stored)

    def _ticked(self) -> list:
        """Return the keys of the ticked villages, which stay on offer when the period changes."""
        ticked = self["villages"].value() or ()
        return [key for key in ticked if is_key(key)]

    def _chosen_programme(self) -> Programme | None:
        try:
            return self.fields["programme"].to_python(self["programme"].value())
        except ValidationError:
            return None

    @property
    def shows_link(self) -> bool:
        """Whether the fields of an online meeting stand open."""
        is_online = self["way"].value() not in ("", None, Meeting.Way.ONSITE)
        return is_online or any(self[name].value() for name in ACCESS)

    def clean_way(self):
        """Keep the stored way if none is chosen."""
        return self.cleaned_data["way"] or self.meeting.way

    def clean_source(self):
        """Keep the stored source if none is chosen."""
        return self.cleaned_data["source"] or self.meeting.source

    def clean(self):
        """Check the times, and that a meeting from the news is past and has no letter."""
        cleaned = super().clean()
        if cleaned.get("source") == Meeting.Source.NEWS:
            day = cleaned.get("last_day") or cleaned.get("day")
            if day and day > timezone.localdate():
                self.add_error("day", "Rapat yang disusun dari berita sudah berlangsung.")
            if cleaned.get("letter_number"):
                self.add_error(
                    "letter_number",
                    "Rapat yang disusun dari berita tidak mempunyai surat undangan.",
                )
        letter.check_nips(self)
        if "way" in cleaned:
            for name, sentence in way.problems(cleaned, place_missing="Tulis tempat rapat."):
                self.add_error(name, sentence)
        if sentence := several_days.problem(cleaned.get("day"), cleaned.get("last_day")):
            self.add_error("last_day", sentence)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", "Tulis jam mulai, karena jam selesai sudah diisi.")
        elif starts and ends and ends <= starts and self.day_count() == 1:
            self.add_error("ends", "Waktu selesai harus sesudah waktu mulai.")
        return cleaned

    def day_count(self) -> int:
        """Return on how many days the meeting takes place, as far as can be read."""
        return several_days.count(self.cleaned_data.get("day"), self.cleaned_data.get("last_day"))

    def facts(self) -> dict:
        """Return the values to store; times in Asia/Jakarta."""
        cleaned = self.cleaned_data
        day, starts, ends = cleaned["day"], cleaned["starts"], cleaned["ends"]
        last, is_long = cleaned["last_day"] or day, self.day_count() > 1
        return {
            **{name: cleaned[name] for name in self.Meta.fields},
            "starts_at": _moment(day, starts or datetime.min.time()),
            "ends_at": _moment(last, ends or datetime.min.time()) if ends or is_long else None,
            "is_end_known": bool(ends) or not is_long,
            "is_time_known": starts is not None,
        }


def _moment(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


class WalkInForm(forms.ModelForm):
    """A participant who attended without being on the list."""

    class Meta:
        model = Participant
        fields = ["name", "position", "organisation", "unsur", "sex"]
        labels = {"name": "Nama", "position": "Jabatan", "organisation": "Instansi/lembaga"}
        error_messages = {"organisation": {"required": "Tulis instansi atau lembaganya."}}

    unsur = forms.ChoiceField(label="Unsur", choices=Unsur, initial=Unsur.OTHER)

    def clean(self):
        """Require a name or a position."""
        cleaned = super().clean()
        if not (cleaned.get("name") or cleaned.get("position")):
            self.add_error("name", "Tulis nama atau jabatannya.")
        return cleaned
