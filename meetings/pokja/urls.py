"""URLs of the working group (Pokja)."""

from django.urls import path

from meetings.pokja import views

urlpatterns = [
    path("rakor/pokja/", views.decree_list, name="pokja"),
    path("rakor/pokja/baru/", views.decree_add, name="pokja-add"),
    path("rakor/pokja/<int:pk>/", views.decree, name="pokja-decree"),
    path("rakor/pokja/<int:pk>/ubah/", views.decree_edit, name="pokja-edit"),
    path("rakor/pokja/<int:pk>/anggota/", views.member_add, name="pokja-member-add"),
    path("rakor/pokja/anggota/<int:pk>/", views.member_edit, name="pokja-member"),
    path(
        "rakor/pokja/<int:pk>/anggota/<int:member>/penghapusan/",
        views.member_removal,
        name="pokja-member-removal",
    ),
]
