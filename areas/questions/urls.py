"""Questions between a village and Bappeda."""

from django.urls import path

from areas.models.question import TRANSITIONS
from areas.questions import views
from kotaku.workflow.buttons import button_urls
from kotaku.workflow.states import Actor

urlpatterns = [
    path("pertanyaan/", views.listing, name="question-list"),
    path("pertanyaan/<slug:kind>/<int:pk>/", views.questions, name="questions"),
    path("pertanyaan/<int:pk>/balasan/", views.reply, name="question-reply"),
    *button_urls(TRANSITIONS, "pertanyaan/<int:pk>/", "question", {Actor.OWNER: views.closing}),
]
