"""URLs of the list of meetings, a meeting's page and its state changes."""

from django.urls import path

from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor
from meetings.detail import views
from meetings.models.states import MEETING_TRANSITIONS

urlpatterns = [
    path("rakor/", views.meeting_list, name="meeting-list"),
    path("rakor/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    *button_urls(MEETING_TRANSITIONS, "rakor/<int:pk>/", "meeting", {Actor.OWNER: views.step}),
]
