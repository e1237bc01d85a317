"""URLs of follow-ups and their state changes."""

from django.urls import path

from meetings.follow_ups import views

urlpatterns = [
    path("tindak-lanjut/", views.follow_up_list, name="follow-up-list"),
    path("tindak-lanjut/<int:pk>/", views.follow_up, name="follow-up"),
    path("tindak-lanjut/<int:pk>/kemajuan/", views.progress, name="follow-up-progress"),
    path("tindak-lanjut/<int:pk>/penyelesaian/", views.completion, name="follow-up-completion"),
    path("tindak-lanjut/<int:pk>/konfirmasi/", views.confirmation, name="follow-up-confirmation"),
    path("tindak-lanjut/<int:pk>/pembukaan/", views.reopening, name="follow-up-reopening"),
    path("tindak-lanjut/<int:pk>/pembatalan/", views.cancellation, name="follow-up-cancellation"),
]
