"""Imports of spreadsheets."""

from django.urls import path

from areas.importing import views

urlpatterns = [
    path("data/impor/", views.start, name="import-start"),
    path("data/impor/templat.xlsx", views.template, name="import-template"),
    path("data/impor/<int:pk>/", views.preview_, name="import-preview"),
    path("data/impor/<int:pk>/pembacaan/", views.reading, name="import-reading"),
    path("data/impor/<int:pk>/susunan/", views.arrangement, name="import-arrangement"),
    path("data/impor/<int:pk>/penerapan/", views.application, name="import-application"),
    path("data/impor/<int:pk>/pembatalan/", views.cancellation, name="import-cancellation"),
    path("data/impor/<int:pk>/berkas/", views.file, name="import-file"),
]
