"""URLs of printed papers, attachments and calendars."""

from django.urls import path

from meetings.papers import attachment_views, calendar_views, views

urlpatterns = [
    path("rakor/<int:pk>/lampiran/", attachment_views.attachment_add, name="attachment-add"),
    path("rakor/lampiran/<int:pk>/", attachment_views.attachment, name="attachment"),
    path("rakor/lampiran/<int:pk>/gambar/", attachment_views.picture, name="attachment-picture"),
    path(
        "rakor/lampiran/<int:pk>/penghapusan/",
        attachment_views.attachment_removal,
        name="attachment-removal",
    ),
    path(
        "rakor/lampiran/<int:pk>/<slug:size>/", attachment_views.display, name="attachment-display"
    ),
    path("rakor/<int:pk>/cetak/undangan/", views.invitation, name="paper-invitation"),
    path("rakor/<int:pk>/cetak/daftar-hadir/", views.attendance_list, name="paper-attendance"),
    path("rakor/<int:pk>/cetak/notulen/", views.minutes, name="paper-minutes"),
    path("kop-surat/logo/", views.logo, name="letterhead-logo"),
    path("rakor/<int:pk>/rakor.ics", calendar_views.meeting_ics, name="meeting-ics"),
    path("kalender/", calendar_views.subscription, name="calendar"),
    path("kalender/pembaruan/", calendar_views.renewal, name="calendar-renewal"),
    path("kalender/<str:token>/kotaku.ics", calendar_views.feed, name="calendar-feed"),
]
