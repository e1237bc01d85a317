"""URLs of the links between activities and decisions."""

from django.urls import path

from meetings.origins import views

urlpatterns = [
    path(
        "rakor/keputusan/<int:pk>/kegiatan/",
        views.decision_activities,
        name="decision-activities",
    ),
    path(
        "tindak-lanjut/<int:pk>/kegiatan/",
        views.follow_up_activities,
        name="follow-up-activities",
    ),
    path("rencana/<int:pk>/asal/", views.activity_origin, name="activity-origin"),
    path("rencana/asal/<int:pk>/penghapusan/", views.origin_removal, name="origin-removal"),
]
