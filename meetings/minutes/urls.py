"""URLs of minutes, decisions and their follow-ups."""

from django.urls import path

from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor
from meetings.minutes import decision_views, views
from meetings.models.states import MINUTES_TRANSITIONS

urlpatterns = [
    path("rakor/<int:pk>/notulen/", views.minutes, name="meeting-minutes"),
    *button_urls(
        MINUTES_TRANSITIONS,
        "rakor/<int:pk>/notulen/",
        "minutes",
        {Actor.OWNER: views.step, Actor.REVIEWER: views.decision},
    ),
    path("rakor/<int:pk>/notulen/adendum/", views.addendum, name="addendum-add"),
    path("rakor/acara/<int:pk>/keputusan/", decision_views.decision_add, name="decision-add"),
    path("rakor/keputusan/<int:pk>/ubah/", decision_views.decision_edit, name="decision-edit"),
    path(
        "rakor/keputusan/<int:pk>/penghapusan/",
        decision_views.decision_removal,
        name="decision-removal",
    ),
    path(
        "rakor/keputusan/<int:pk>/tindak-lanjut/",
        decision_views.follow_up_add,
        name="follow-up-add",
    ),
    path("tindak-lanjut/<int:pk>/ubah/", decision_views.follow_up_edit, name="follow-up-edit"),
]
