"""The root URL configuration."""

from django.contrib import admin
from django.urls import include, path

from areas.sharing.sitemap import PageSitemap, PeriodSitemap, VillageSitemap
from kotaku.accounts import reset_views, sign_in, two_factor_views, views
from kotaku.admin_site import autocomplete
from kotaku.audit import views as audit_pages
from kotaku.interface import guides, public_files, sitemap
from kotaku.phone import views as phone_pages
from kotaku.privacy import views as privacy_pages
from kotaku.requests import health
from kotaku.start import mail_trial
from kotaku.start import page as start
from meetings.reports.sitemap import ReportListSitemap, ReportSitemap

SITEMAP = {
    "halaman": PageSitemap,
    "periode": PeriodSitemap,
    "desa": VillageSitemap,
    "daftar-berita": ReportListSitemap,
    "berita": ReportSitemap,
}
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("robots.txt", public_files.robots, name="robots"),
    path("favicon.ico", public_files.favicon, name="favicon"),
    path("sitemap.xml", sitemap.whole, {"sections": SITEMAP}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.part, {"sections": SITEMAP}, name="sitemap-section"),
    path("", include("areas.urls")),
    path("", include("meetings.urls")),
    path("cari/", views.search, name="search"),
    path("panduan/", guides.own_guide, name="guide"),
    path("panduan/<slug:role>/", guides.guide, name="guide-of"),
    path("akun/masuk/", sign_in.SignIn.as_view(), name="login"),
    path("akun/masuk/kode/", sign_in.second_step, name="second-step"),
    path("akun/keluar/", sign_in.SignOut.as_view(), name="logout"),
    path("akun/dua-langkah/", two_factor_views.two_factor_page, name="two-factor"),
    path("akun/dua-langkah/kode-pemulihan/", two_factor_views.codes, name="two-factor-codes"),
    path("akun/dua-langkah/penonaktifan/", two_factor_views.removal, name="two-factor-removal"),
    path("akun/sandi/", views.PasswordChange.as_view(), name="password-change"),
    path("akun/sandi/lupa/", reset_views.request_page, name="password-reset"),
    path("akun/sandi/lupa/terkirim/", reset_views.sent_page, name="password-reset-sent"),
    path(
        "akun/sandi/baru/<uidb64>/<token>/",
        reset_views.NewPassword.as_view(),
        name="password-reset-confirm",
    ),
    path("akun/", views.profile, name="profile"),
    path("akun/sambungan/", phone_pages.connection, name="connection"),
    path("antrean/", phone_pages.queue, name="queue"),
    path("tanpa-sambungan/", phone_pages.offline, name="offline"),
    path("situs.webmanifest", phone_pages.manifest, name="manifest"),
    path("service-worker.js", phone_pages.service_worker, name="service-worker"),
    path("komponen/", views.gallery, name="gallery"),
    path("privasi/", privacy_pages.privacy, name="privacy"),
    path("data-kontak/", privacy_pages.contacts, name="contacts"),
    path("data-kontak/<slug:kind>/<int:pk>/", privacy_pages.holder, name="contact-holder"),
    path(
        "data-kontak/<slug:kind>/<int:pk>/penghapusan/",
        privacy_pages.removal,
        name="contact-removal",
    ),
    path("audit/", audit_pages.listing, name="audit"),
    path("audit/catatan.csv", audit_pages.export, name="audit-export"),
    # The admin uses the site's own pages for sign-in, sign-out and password change.
    path("admin/login/", sign_in.admin_sign_in),
    path("admin/logout/", sign_in.SignOut.as_view()),
    path("admin/password_change/", sign_in.admin_password_change),
    path("admin/autocomplete/", admin.site.admin_view(autocomplete.search)),
    path("admin/", admin.site.admin_view(start.start_page)),
    path("admin/email-uji/", admin.site.admin_view(mail_trial.send), name="mail-trial"),
    path("admin/", admin.site.urls),
]
handler403 = "kotaku.audit.refusals.permission_denied"
handler500 = "kotaku.requests.error_pages.server_error"
