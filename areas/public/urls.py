"""Public pages and their charts."""

from django.urls import path

from areas.public import chart_views, compare_views, views

urlpatterns = [
    path("", views.progress_page, name="progress"),
    path("desa/", views.village_list, name="village-list"),
    path("desa/<str:code>/", views.village_detail, name="village-detail"),
    path("banding/", compare_views.compare, name="compare"),
    path("grafik/banding.svg", compare_views.compare_file, name="chart-compare"),
    path("grafik/semua-desa.svg", compare_views.multiples_file, name="chart-multiples"),
    path("grafik/kemajuan.svg", chart_views.city, name="chart-city"),
    path("grafik/peta.svg", chart_views.map_, name="chart-map"),
    path("grafik/desa/<str:code>.svg", chart_views.village, name="chart-village"),
]
