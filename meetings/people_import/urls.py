"""URLs of imports of people."""

from django.urls import path, re_path

from meetings.people_import import views

urlpatterns = [
    path("rakor/<int:pk>/peserta/impor/", views.participants, name="participant-import"),
    path(
        "rakor/<int:pk>/peserta/impor/penambahan/",
        views.participants_addition,
        name="participant-addition",
    ),
    path("rakor/pokja/<int:pk>/impor/", views.members, name="pokja-import"),
    path("rakor/pokja/<int:pk>/impor/penambahan/", views.members_addition, name="pokja-addition"),
    re_path(
        r"^rakor/templat-(?P<what>peserta|anggota)\.xlsx$", views.template, name="people-template"
    ),
]
