"""URLs of minutes, decisions and their follow-ups."""

from django.urls import path

from meetings.minutes import decision_views, views

urlpatterns = [
    path("rakor/<int:pk>/notulen/", views.minutes, name="meeting-minutes"),
    path("rakor/<int:pk>/notulen/pengajuan/", views.submission, name="minutes-submission"),
    path("rakor/<int:pk>/notulen/pengesahan/", views.approval, name="minutes-approval"),
    path("rakor/<int:pk>/notulen/pengembalian/", views.return_, name="minutes-return"),
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
