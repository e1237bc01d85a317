"""The pictures of social cards."""

from django.urls import path

from areas.sharing import views

urlpatterns = [
    path("kartu/kemajuan.png", views.home, name="card"),
    path("kartu/desa/<str:code>.png", views.village, name="village-card"),
]
