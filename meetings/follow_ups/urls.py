"""URLs of follow-ups and their state changes."""

from django.urls import path

from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor
from meetings.follow_ups import assignment, views
from meetings.models.states import FOLLOW_UP_TRANSITIONS

STEPS = {Actor.OWNER: views.step, Actor.REVIEWER: bappeda_required(views.step)}

urlpatterns = [
    path("tindak-lanjut/", views.follow_up_list, name="follow-up-list"),
    path("tindak-lanjut/<int:pk>/", views.follow_up, name="follow-up"),
    path("tindak-lanjut/<int:pk>/penugasan/", assignment.assignment, name="follow-up-assignment"),
    *button_urls(FOLLOW_UP_TRANSITIONS, "tindak-lanjut/<int:pk>/", "follow-up", STEPS),
]
