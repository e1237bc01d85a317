"""Filters of the follow-up list, stored in the URL."""

from django import forms
from django.db.models import Q

from areas.models import Village
from meetings.models import Decision
from meetings.models.follow_up import FollowUp, FollowUpState


class FollowUpFilterForm(forms.Form):
    """The filters of the list; invalid values in the URL filter nothing."""

    STATES = (
        ("", "Semua"),
        ("terlambat", "Terlambat"),
        ("terbuka", "Belum selesai"),
        ("konfirmasi", "Menunggu konfirmasi"),
        ("selesai", "Selesai dan dikonfirmasi"),
        ("batal", "Batal"),
    )
    OWNERS = (("", "Semua"), ("saya", "Tanggung jawab saya"))

    keadaan = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)
    penanggung = forms.ChoiceField(label="Penanggung jawab", required=False, choices=OWNERS)
    desa = forms.ModelChoiceField(
        label="Desa/kelurahan",
        required=False,
        queryset=Village.objects.all(),
        to_field_name="code",
        empty_label="Semua",
    )
    cari = forms.CharField(label="Kata", required=False, max_length=80)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        listed = FollowUp.objects.visible_to(user).order_by()
        self.fields["desa"].queryset = Village.objects.of(user).named_or(
            self.data.get("desa"),
            Q(pk__in=listed.values("village")) | Q(pk__in=listed.values("decision__villages")),
        )

    def filtered(self, follow_ups):
        """Return the follow-ups that match the filters."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        if wanted.get("penanggung") == "saya":
            follow_ups = follow_ups.filter(pk__in=follow_ups.model.objects.of(self.user))
        if village := wanted.get("desa"):
            concerned = Q(village=village) | Q(decision__villages=village)
            follow_ups = follow_ups.filter(
                pk__in=follow_ups.model.objects.filter(concerned).values("pk")
            )
        # Words of a decision are found only by who may read it.
        read = Decision.objects.readable_by(self.user)
        for word in wanted.get("cari", "").split():
            decided = read.filter(text__icontains=word).order_by().values("pk")
            follow_ups = follow_ups.filter(Q(what__icontains=word) | Q(decision__in=decided))
        return self._in_state(follow_ups, wanted.get("keadaan"))

    @staticmethod
    def _in_state(follow_ups, state):
        if state == "terlambat":
            return follow_ups.overdue()
        if state == "terbuka":
            return follow_ups.open()
        conditions = {
            "konfirmasi": Q(state=FollowUpState.DONE, confirmed_at__isnull=True),
            "selesai": Q(confirmed_at__isnull=False),
            "batal": Q(state=FollowUpState.CANCELLED),
        }
        return follow_ups.filter(conditions[state]) if state in conditions else follow_ups
