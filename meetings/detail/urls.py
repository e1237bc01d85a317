"""URLs of the list of meetings, a meeting's page and its state changes."""

from django.urls import path

from meetings.detail import views

urlpatterns = [
    path("rakor/", views.meeting_list, name="meeting-list"),
    path("rakor/<int:pk>/", views.meeting_detail, name="meeting-detail"),
    path("rakor/<int:pk>/penjadwalan/", views.scheduling, name="meeting-scheduling"),
    path("rakor/<int:pk>/penyelesaian/", views.completion, name="meeting-completion"),
    path("rakor/<int:pk>/pembukaan/", views.reopening, name="meeting-reopening"),
    path("rakor/<int:pk>/pembatalan/", views.cancellation, name="meeting-cancellation"),
]
