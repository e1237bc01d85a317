"""URLs of areas; verbs are Indonesian nouns and accept only POST."""

from django.urls import include, path

app_name = "areas"
urlpatterns = [
    path("", include("areas.public.urls")),
    path("", include("areas.sharing.urls")),
    path("", include("areas.figures.urls")),
    path("", include("areas.assessments.urls")),
    path("", include("areas.workplan.urls")),
    path("", include("areas.questions.urls")),
    path("", include("areas.importing.urls")),
    # Last, because it takes any file below data/.
    path("", include("areas.open_data.urls")),
]
