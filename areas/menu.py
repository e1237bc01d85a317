"""The entries of areas in the site's navigation, with counts of what waits for the user."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from areas.figures.to_do import assessments_waiting, figures_waiting
from areas.models import Question
from kotaku.contributions import MenuEntry


def menu_entries(user) -> Iterator[MenuEntry]:
    """Yield the pages about slum areas that this user works with, or reads."""
    yield MenuEntry(1, "Beranda", reverse("areas:progress"))
    compare = reverse("areas:compare")
    yield MenuEntry(2, "Desa/Kelurahan", reverse("areas:village-list"), also=(compare,))
    if not user.is_authenticated:
        yield MenuEntry(9, "Data terbuka", reverse("areas:data"))
        return
    figures = figures_waiting(user, timezone.localdate())
    queue, entry = reverse("areas:review-queue"), reverse("areas:entry-overview")
    if user.is_bappeda:
        yield MenuEntry(3, "Verifikasi", queue, figures, also=(entry,))
    elif user.is_village_officer:
        yield MenuEntry(3, "Isian", entry, figures)
    yield MenuEntry(4, "Penilaian", reverse("areas:assessment-overview"), assessments_waiting(user))
    yield MenuEntry(5, "Rencana", reverse("areas:activity-list"))
    yield MenuEntry(9, "Data", reverse("areas:data"))
    asked = (Question.objects.to_answer_by(user),)
    yield MenuEntry(10, "Pertanyaan", reverse("areas:question-list"), asked, is_tool=True)
