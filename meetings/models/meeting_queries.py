"""Which meetings a user may see, change or join, and which are still to come."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from areas.models import Village
from meetings.models.states import MeetingState


class MeetingQuerySet(models.QuerySet):
    """Drafts, also cancelled ones, are visible to Bappeda only, others to all users of the region.

    Discarded drafts are visible to no user outside the admin.
    """

    def kept(self):
        """Omit discarded drafts."""
        return self.exclude(state=MeetingState.DISCARDED)

    def visible_to(self, user):
        """Return the meetings this user may open: of the user's region, or with an invitation."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        mine = user.within("region")
        settled = ~Q(state=MeetingState.DRAFT) & Q(was_cancelled_as_draft=False)
        kept = self.kept()
        if not mine:
            return kept if user.is_bappeda else kept.filter(settled)
        invited = Q(pk__in=self.model.objects.filter(participants__user=user).values("pk"))
        if user.is_bappeda:
            return kept.filter(mine | (settled & invited))
        return kept.filter(settled, mine | invited)

    def readable_by(self, user):
        """Return the meetings whose notes and decisions this user may read.

        Staff readers may read all meetings of their region. Any other visible meeting is readable
        once its minutes are approved, or if it is known from the news, which is not secret.
        """
        approved = Q(minutes__state="approved") | Q(source=self.model.Source.NEWS)
        visible = self.visible_to(user)
        if not (user.is_authenticated and user.is_staff_reader):
            return visible.filter(approved)
        mine = user.within("region")
        return visible.filter(mine | approved) if mine else visible

    def of_office(self, user):
        """Return the meetings of this Bappeda user's region, discarded ones included."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        return self.filter(user.within("region"))

    def editable_by(self, user):
        """Return the meetings whose facts this user may change."""
        return self.of_office(user).kept()

    def concerning(self, user):
        """Return the meetings for this user's calendar.

        Staff readers get all visible meetings; others those they are invited to, by account or by
        village, and those about their villages.
        """
        meetings = self.visible_to(user).filter(was_cancelled_as_draft=False)
        if user.is_staff_reader:
            return meetings
        villages = Village.objects.filter(officers=user)
        return meetings.filter(
            Q(villages__in=villages)
            | Q(participants__user=user)
            | Q(participants__village__in=villages)
        ).distinct()

    def joinable_by(self, user):
        """Return the meetings whose link and access code this user may know.

        They are for the participants, by account or by village, and for Bappeda of the region.
        """
        mine = Q(participants__user=user) | Q(participants__village__officers=user)
        joining = Q(pk__in=self.model.objects.filter(mine).values("pk"))
        if user.is_bappeda:
            within = user.within("region")
            visible = self.visible_to(user)
            return visible.filter(within | joining) if within else visible
        return self.visible_to(user).filter(joining)

    def upcoming(self):
        """Return the meetings to come, earliest first.

        These are drafts, scheduled meetings until a day after their end, and cancelled ones until
        their last day is over, for they are looked for among those to come.
        """
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        waiting = (
            Q(state=MeetingState.DRAFT)
            | Q(_ends_after(timezone.now() - timedelta(days=1)), state=MeetingState.SCHEDULED)
            | Q(_ends_after(today), state=MeetingState.CANCELLED)
        )
        return self.filter(waiting).order_by("starts_at", "pk")


def _ends_after(moment):
    return Q(starts_at__gte=moment) | Q(ends_at__gte=moment)
