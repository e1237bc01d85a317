"""The work plan and the community boards."""

from django.urls import path

from areas.workplan import board_views, export_views, progress_views, views

urlpatterns = [
    path("rencana/", views.activity_list, name="activity-list"),
    path("rencana/rencana-kerja.<str:form>", export_views.activities, name="activity-export"),
    path("rencana/baru/", views.add, name="activity-add"),
    path("rencana/<int:pk>/", views.activity, name="activity"),
    path("rencana/<int:pk>/ubah/", views.edit, name="activity-edit"),
    path("rencana/<int:pk>/realisasi/", progress_views.realisation, name="activity-realisation"),
    path("rencana/<int:pk>/perbaikan/", progress_views.improvements, name="activity-improvements"),
    path("rencana/<int:pk>/foto/", progress_views.photo_add, name="activity-photo-add"),
    path("rencana/foto/<int:pk>/", progress_views.photo, name="activity-photo"),
    path(
        "rencana/foto/<int:pk>/penghapusan/",
        progress_views.photo_removal,
        name="activity-photo-removal",
    ),
    path(
        "rencana/foto/<int:pk>/<slug:size>/",
        progress_views.photo_display,
        name="activity-photo-display",
    ),
    path("desa/<str:code>/bkm/", board_views.board, name="community-board"),
    path("desa/<str:code>/bkm/<int:year>/", board_views.support, name="village-support"),
]
