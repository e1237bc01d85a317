"""Where everything is mounted."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from kotaku import health, views

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("areas.urls")),
    path("", include("meetings.urls")),
    path("cari/", views.search, name="search"),
    path("akun/masuk/", views.SignIn.as_view(), name="login"),
    path("akun/keluar/", LogoutView.as_view(), name="logout"),
    path("akun/sandi/", views.PasswordChange.as_view(), name="password-change"),
    path("akun/", views.profile, name="profile"),
    path("komponen/", views.gallery, name="gallery"),
    # One door: the admin uses the site's own sign-in page.
    path("admin/login/", views.admin_sign_in),
    path("admin/", admin.site.urls),
]
handler500 = "kotaku.faults.server_error"
