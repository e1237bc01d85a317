"""Addresses of areas; the verbs are nouns in Indonesian, POST only."""

from django.urls import path

from areas.views import entry, evidence, public, review

app_name = "areas"
urlpatterns = [
    path("", public.progress_page, name="progress"),
    path("desa/", public.village_list, name="village-list"),
    path("desa/<str:code>/", public.village_detail, name="village-detail"),
    path("isian/", entry.overview, name="entry-overview"),
    path("isian/<int:year>/", entry.entry, name="entry"),
    path("isian/<int:year>/pengajuan/", entry.submission, name="figure-submission"),
    path("isian/<int:year>/buang/", entry.discard, name="entry-discard"),
    path("isian/<int:pk>/verifikasi/", review.verification, name="figure-verification"),
    path("isian/<int:pk>/pengembalian/", review.return_, name="figure-return"),
    path("isian/<int:pk>/koreksi/", review.correction, name="figure-correction"),
    path("bukti/<int:pk>/", evidence.download, name="evidence"),
    path("bukti/<int:pk>/penghapusan/", evidence.removal, name="evidence-removal"),
    path("verifikasi/", review.queue, name="review-queue"),
    path("verifikasi/<int:pk>/", review.detail, name="review"),
]
