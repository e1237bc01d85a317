"""Filters of the audit, kept in the query string; without dates it shows the last thirty days."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone

from kotaku import contributions
from kotaku.audit import trail as audit_trail
from kotaku.interface.fields import DayField

DAYS = 30
# No entries lie outside of these years, and databases cannot store every later moment.
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


class AuditFilterForm(forms.Form):
    """User, kind and dates; invalid values in the URL are ignored.

    An admin of one region reads the actions of that region's users, and failed sign-ins to
    their accounts.
    """

    orang = forms.CharField(label="Nama atau nama pengguna", required=False, max_length=150)
    jenis = forms.ChoiceField(label="Peristiwa", required=False)
    dari = DayField(label="Dari tanggal", required=False)
    sampai = DayField(label="Sampai tanggal", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.trails = [
            *audit_trail.house_trails(),
            *contributions.gather(contributions.audit_trails),
        ]
        self.labels = {key: label for trail in self.trails for key, label in trail.kinds().items()}
        choices = sorted(self.labels.items(), key=lambda pair: pair[1].casefold())
        self.fields["jenis"].choices = [("", "Semua"), *choices]

    def days(self):
        """Return the first and the last day that are shown."""
        self.is_valid()
        wanted = self.cleaned_data
        last = _within(wanted.get("sampai") or timezone.localdate())
        first = _within(wanted.get("dari") or last - timedelta(days=DAYS))
        return first, last

    def lines(self):
        """Return the matching lines of all trails, newest first, as tuples of `trail.COLUMNS`."""
        first, last = self.days()
        wanted = self.cleaned_data
        after = _start_of(last + timedelta(days=1))
        condition = Q(audit_at__gte=_start_of(first), audit_at__lt=after)
        if name := wanted.get("orang", "").replace("\x00", "").strip():
            condition &= Q(audit_actor__icontains=name) | Q(audit_subject__icontains=name)
        kind = wanted.get("jenis")
        if kind:
            condition &= Q(audit_kind=kind)
        pieces = [
            trail.lines().filter(condition, self._readable(trail)).values_list(*audit_trail.COLUMNS)
            for trail in self.trails
            if not kind or kind in trail.kinds()
        ]
        first_piece, *others = pieces
        return first_piece.union(*others, all=True).order_by(
            "-audit_at", "audit_kind", "audit_text"
        )

    def _readable(self, trail) -> Q:
        """Return a filter: actions of users of this admin's region and failures at their accounts."""
        mine = self.user.within(f"{trail.actor}__region")
        if mine and trail.subject:
            nobody = Q(**{f"{trail.actor}__isnull": True})
            mine |= nobody & self.user.within(f"{trail.subject}__region")
        return mine


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _within(day):
    return min(max(day, EARLIEST), LATEST)
