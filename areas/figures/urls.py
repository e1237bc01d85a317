"""The yearly figure: entry, review, evidence."""

from django.urls import path

from areas.figures import (
    entry_views,
    evidence_views,
    export_views,
    review_views,
    unreported_views,
)
from areas.models.states import TRANSITIONS
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor

STEPS = {
    Actor.OWNER: entry_views.officer_required(entry_views.step),
    Actor.REVIEWER: bappeda_required(review_views.step),
}

urlpatterns = [
    path("isian/", entry_views.overview, name="entry-overview"),
    path("isian/<int:year>/", entry_views.entry, name="entry"),
    path("isian/<int:year>/pengajuan/", entry_views.submission, name="figure-submission"),
    path("isian/<int:year>/penilaian/", entry_views.computation, name="figure-computation"),
    path("isian/<int:year>/buang/", entry_views.discard, name="entry-discard"),
    *button_urls(TRANSITIONS, "isian/<int:pk>/", "figure", STEPS),
    path("isian/<int:pk>/koreksi/", review_views.correction, name="figure-correction"),
    path("bukti/<int:pk>/", evidence_views.download, name="evidence"),
    path("bukti/<int:pk>/penghapusan/", evidence_views.removal, name="evidence-removal"),
    path("bukti/<int:pk>/<slug:size>/", evidence_views.display, name="evidence-display"),
    path("data/isian.<str:form>", export_views.figures, name="staff-export"),
    path("verifikasi/", review_views.queue, name="review-queue"),
    path("verifikasi/belum-melapor/", unreported_views.listing, name="unreported"),
    path(
        "verifikasi/belum-melapor/pengingat/",
        unreported_views.reminder,
        name="unreported-reminder",
    ),
    path("verifikasi/belum-melapor.<str:form>", unreported_views.export, name="unreported-export"),
    path("verifikasi/<int:pk>/", review_views.detail, name="review"),
]
