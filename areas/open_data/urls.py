"""Open data."""

from django.urls import path

from areas.open_data import views

urlpatterns = [
    path("data/", views.index, name="data"),
    path("data/kamus/", views.dictionary, name="data-dictionary"),
    path("data/datapackage.json", views.datapackage, name="datapackage"),
    path("data/desa.geojson", views.villages_geojson, name="data-geojson"),
    path("data/<slug:key>.<str:form>", views.dataset_file, name="data-file"),
]
