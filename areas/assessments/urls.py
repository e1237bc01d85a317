"""Assessments of RTs."""

from django.urls import path

from areas.assessments import review_views, views
from areas.models.states import ASSESSMENT_TRANSITIONS
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor

STEPS = {
    Actor.OWNER: views.officer_required(views.officer_step),
    Actor.REVIEWER: bappeda_required(review_views.step),
}

urlpatterns = [
    path("desa/<str:code>/penilaian/", views.village, name="village-assessments"),
    path("desa/<str:code>/rt/", views.neighbourhood_add, name="neighbourhood-add"),
    path("penilaian/", views.overview, name="assessment-overview"),
    path("penilaian/baru/", views.start, name="assessment-start"),
    path("penilaian/<int:pk>/", views.detail, name="assessment"),
    path("penilaian/<int:pk>/cetak/", views.paper, name="assessment-paper"),
    path("penilaian/<int:pk>/andai/", views.what_if, name="assessment-what-if"),
    *button_urls(ASSESSMENT_TRANSITIONS, "penilaian/<int:pk>/", "assessment", STEPS),
    path("penilaian/<int:pk>/langkah/<slug:key>/", views.step, name="assessment-step"),
]
