"""URLs of answers to invitations."""

from django.urls import path

from meetings.replies import views

urlpatterns = [
    path("undangan/<str:token>/", views.invitation_reply, name="invitation-reply"),
    path("rakor/peserta/<int:pk>/jawaban/", views.participant_reply, name="participant-reply"),
]
