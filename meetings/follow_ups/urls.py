"""URLs of follow-ups and their state changes."""

from django.urls import path

from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor
from meetings.follow_ups import (
    assignment,
    cancelled_meeting,
    evidence_views,
    matrix_views,
    views,
)
from meetings.models.states import FOLLOW_UP_TRANSITIONS

STEPS = {Actor.OWNER: views.report, Actor.REVIEWER: bappeda_required(views.step)}

urlpatterns = [
    path("tindak-lanjut/", views.follow_up_list, name="follow-up-list"),
    path(
        "rakor/<int:pk>/tindak-lanjut/",
        cancelled_meeting.cancelled_follow_ups,
        name="cancelled-follow-ups",
    ),
    path("tindak-lanjut/matriks/", matrix_views.page, name="follow-up-matrix"),
    path("tindak-lanjut/matriks/cetak/", matrix_views.paper, name="follow-up-matrix-paper"),
    path(
        "tindak-lanjut/matriks/tindak-lanjut.<str:form>",
        matrix_views.file,
        name="follow-up-matrix-file",
    ),
    path("tindak-lanjut/bukti/<int:pk>/", evidence_views.download, name="follow-up-evidence"),
    path(
        "tindak-lanjut/bukti/<int:pk>/penghapusan/",
        evidence_views.removal,
        name="follow-up-evidence-removal",
    ),
    path(
        "tindak-lanjut/bukti/<int:pk>/<slug:size>/",
        evidence_views.display,
        name="follow-up-evidence-display",
    ),
    path("tindak-lanjut/<int:pk>/", views.follow_up, name="follow-up"),
    path("tindak-lanjut/<int:pk>/penugasan/", assignment.assignment, name="follow-up-assignment"),
    *button_urls(FOLLOW_UP_TRANSITIONS, "tindak-lanjut/<int:pk>/", "follow-up", STEPS),
]
