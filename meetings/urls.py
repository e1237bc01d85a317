"""URLs of meetings; actions have Indonesian nouns as paths and accept POST only."""

from django.urls import include, path

app_name = "meetings"
urlpatterns = [
    path("", include("meetings.detail.urls")),
    path("", include("meetings.planning.urls")),
    path("", include("meetings.papers.urls")),
    path("", include("meetings.deliveries.urls")),
    path("", include("meetings.replies.urls")),
    path("", include("meetings.minutes.urls")),
    path("", include("meetings.origins.urls")),
    path("", include("meetings.follow_ups.urls")),
    path("", include("meetings.reports.urls")),
    path("", include("meetings.recap.urls")),
    path("", include("meetings.pokja.urls")),
    path("", include("meetings.people_import.urls")),
]
