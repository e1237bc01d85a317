"""URLs for planning a meeting and recording attendance."""

from django.urls import path

from meetings.planning import attendance_views, edit_views

urlpatterns = [
    path("rakor/baru/", edit_views.meeting_add, name="meeting-add"),
    path("rakor/<int:pk>/ubah/", edit_views.meeting_edit, name="meeting-edit"),
    path("rakor/<int:pk>/kehadiran/", attendance_views.attendance, name="attendance"),
]
