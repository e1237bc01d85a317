"""Assessments of RTs."""

from django.urls import path

from areas.assessments import review_views, views

urlpatterns = [
    path("desa/<str:code>/penilaian/", views.village, name="village-assessments"),
    path("desa/<str:code>/rt/", views.neighbourhood_add, name="neighbourhood-add"),
    path("penilaian/", views.overview, name="assessment-overview"),
    path("penilaian/baru/", views.start, name="assessment-start"),
    path("penilaian/<int:pk>/", views.detail, name="assessment"),
    path("penilaian/<int:pk>/cetak/", views.paper, name="assessment-paper"),
    path("penilaian/<int:pk>/andai/", views.what_if, name="assessment-what-if"),
    path("penilaian/<int:pk>/pengajuan/", views.submission, name="assessment-submission"),
    path(
        "penilaian/<int:pk>/verifikasi/",
        review_views.verification,
        name="assessment-verification",
    ),
    path("penilaian/<int:pk>/pengembalian/", review_views.return_, name="assessment-return"),
    path("penilaian/<int:pk>/pembukaan/", review_views.reopening, name="assessment-reopening"),
    path("penilaian/<int:pk>/langkah/<slug:key>/", views.step, name="assessment-step"),
]
