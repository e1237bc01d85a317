"""URLs of mail about meetings and of what was handed over without mail."""

from django.urls import path

from meetings.deliveries import views, whatsapp_views

urlpatterns = [
    path("rakor/<int:pk>/surel-undangan/", views.invitation, name="invitation-mail"),
    path("rakor/<int:pk>/surel-notulen/", views.minutes, name="minutes-mail"),
    path("rakor/adendum/<int:pk>/surel/", views.addendum, name="addendum-mail"),
    path("rakor/<int:pk>/surel-lanjutan/", views.continuation, name="mail-continuation"),
    path("rakor/<int:pk>/whatsapp/", whatsapp_views.whatsapp, name="whatsapp"),
    path("rakor/<int:pk>/penyerahan/", views.handover, name="handover"),
]
