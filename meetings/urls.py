"""Addresses of meetings; the verbs are nouns in Indonesian, POST only."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from kotaku.page_cache import kept
from meetings.feeds import ArticleFeed
from meetings.views import (
    articles,
    attachments,
    attendance,
    calendar,
    decisions,
    editing,
    follow_ups,
    mail,
    meetings,
    minutes,
    origins,
    papers,
)

app_name = "meetings"
urlpatterns = [
    path("rakor/", meetings.meeting_list, name="meeting-list"),
    path("rakor/baru/", editing.meeting_add, name="meeting-add"),
    path("rakor/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("rakor/<int:pk>/ubah/", editing.meeting_edit, name="meeting-edit"),
    path("rakor/<int:pk>/penjadwalan/", meetings.scheduling, name="meeting-scheduling"),
    path("rakor/<int:pk>/penyelesaian/", meetings.completion, name="meeting-completion"),
    path("rakor/<int:pk>/pembukaan/", meetings.reopening, name="meeting-reopening"),
    path("rakor/<int:pk>/pembatalan/", meetings.cancellation, name="meeting-cancellation"),
    path("rakor/<int:pk>/surel-undangan/", mail.invitation, name="invitation-mail"),
    path("rakor/<int:pk>/surel-notulen/", mail.minutes, name="minutes-mail"),
    path("rakor/<int:pk>/kehadiran/", attendance.attendance, name="attendance"),
    path("rakor/<int:pk>/notulen/", minutes.minutes, name="meeting-minutes"),
    path("rakor/<int:pk>/notulen/pengajuan/", minutes.submission, name="minutes-submission"),
    path("rakor/<int:pk>/notulen/pengesahan/", minutes.approval, name="minutes-approval"),
    path("rakor/<int:pk>/notulen/pengembalian/", minutes.return_, name="minutes-return"),
    path("rakor/<int:pk>/notulen/adendum/", minutes.addendum, name="addendum-add"),
    path("rakor/acara/<int:pk>/keputusan/", decisions.decision_add, name="decision-add"),
    path("rakor/keputusan/<int:pk>/ubah/", decisions.decision_edit, name="decision-edit"),
    path(
        "rakor/keputusan/<int:pk>/penghapusan/", decisions.decision_removal, name="decision-removal"
    ),
    path("rakor/keputusan/<int:pk>/tindak-lanjut/", decisions.follow_up_add, name="follow-up-add"),
    path(
        "rakor/keputusan/<int:pk>/kegiatan/",
        origins.decision_activities,
        name="decision-activities",
    ),
    path("rakor/<int:pk>/lampiran/", attachments.attachment_add, name="attachment-add"),
    path("rakor/lampiran/<int:pk>/", attachments.attachment, name="attachment"),
    path("rakor/lampiran/<int:pk>/gambar/", attachments.picture, name="attachment-picture"),
    path(
        "rakor/lampiran/<int:pk>/penghapusan/",
        attachments.attachment_removal,
        name="attachment-removal",
    ),
    path("rakor/<int:pk>/cetak/undangan/", papers.invitation, name="paper-invitation"),
    path("rakor/<int:pk>/cetak/daftar-hadir/", papers.attendance_list, name="paper-attendance"),
    path("rakor/<int:pk>/cetak/notulen/", papers.minutes, name="paper-minutes"),
    path("kop-surat/logo/", papers.logo, name="letterhead-logo"),
    path("rakor/<int:pk>/rakor.ics", calendar.meeting_ics, name="meeting-ics"),
    path("kalender/", calendar.subscription, name="calendar"),
    path("kalender/pembaruan/", calendar.renewal, name="calendar-renewal"),
    path("kalender/<str:token>/kotaku.ics", calendar.feed, name="calendar-feed"),
    path("tindak-lanjut/", follow_ups.follow_up_list, name="follow-up-list"),
    path("tindak-lanjut/<int:pk>/", follow_ups.follow_up, name="follow-up"),
    path("tindak-lanjut/<int:pk>/ubah/", decisions.follow_up_edit, name="follow-up-edit"),
    path(
        "tindak-lanjut/<int:pk>/kegiatan/",
        origins.follow_up_activities,
        name="follow-up-activities",
    ),
    path("rencana/<int:pk>/asal/", origins.activity_origin, name="activity-origin"),
    path("rencana/asal/<int:pk>/penghapusan/", origins.origin_removal, name="origin-removal"),
    path("tindak-lanjut/<int:pk>/kemajuan/", follow_ups.progress, name="follow-up-progress"),
    path(
        "tindak-lanjut/<int:pk>/penyelesaian/", follow_ups.completion, name="follow-up-completion"
    ),
    path(
        "tindak-lanjut/<int:pk>/konfirmasi/", follow_ups.confirmation, name="follow-up-confirmation"
    ),
    path("tindak-lanjut/<int:pk>/pembukaan/", follow_ups.reopening, name="follow-up-reopening"),
    path(
        "tindak-lanjut/<int:pk>/pembatalan/", follow_ups.cancellation, name="follow-up-cancellation"
    ),
    path("berita/", articles.article_list, name="article-list"),
    path("berita/atom.xml", login_not_required(kept(ArticleFeed())), name="article-feed"),
    path("rakor/<int:pk>/berita/", articles.article_add, name="article-add"),
    path("berita/<slug:slug>/", articles.article, name="article"),
    path("berita/<slug:slug>/foto/", articles.photo, name="article-photo"),
    path("berita/<slug:slug>/ubah/", articles.article_edit, name="article-edit"),
    path("berita/<slug:slug>/penerbitan/", articles.publication, name="article-publication"),
    path("berita/<slug:slug>/penarikan/", articles.withdrawal, name="article-withdrawal"),
]
