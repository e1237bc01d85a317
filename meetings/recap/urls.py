"""URLs of the recap of meetings."""

from django.urls import path

from meetings.recap import views

urlpatterns = [
    path("rakor/rekap/", views.page, name="recap"),
    path("rakor/rekap/cetak/", views.paper, name="recap-paper"),
    path("rakor/rekap/rapat.<str:form>", views.file, name="recap-file"),
]
