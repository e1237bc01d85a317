"""Addresses of areas; the verbs are nouns in Indonesian, POST only."""

from django.urls import path

from areas.views import chart_files, entry, evidence, exports, imports, open_data, public, review

app_name = "areas"
urlpatterns = [
    path("", public.progress_page, name="progress"),
    path("desa/", public.village_list, name="village-list"),
    path("desa/<str:code>/", public.village_detail, name="village-detail"),
    path("isian/", entry.overview, name="entry-overview"),
    path("isian/<int:year>/", entry.entry, name="entry"),
    path("isian/<int:year>/pengajuan/", entry.submission, name="figure-submission"),
    path("isian/<int:year>/buang/", entry.discard, name="entry-discard"),
    path("isian/<int:pk>/verifikasi/", review.verification, name="figure-verification"),
    path("isian/<int:pk>/pengembalian/", review.return_, name="figure-return"),
    path("isian/<int:pk>/koreksi/", review.correction, name="figure-correction"),
    path("bukti/<int:pk>/", evidence.download, name="evidence"),
    path("bukti/<int:pk>/penghapusan/", evidence.removal, name="evidence-removal"),
    path("verifikasi/", review.queue, name="review-queue"),
    path("verifikasi/<int:pk>/", review.detail, name="review"),
    path("grafik/kemajuan.svg", chart_files.city, name="chart-city"),
    path("grafik/peta.svg", chart_files.map_, name="chart-map"),
    path("grafik/desa/<str:code>.svg", chart_files.village, name="chart-village"),
    path("data/", open_data.index, name="data"),
    path("data/kamus/", open_data.dictionary, name="data-dictionary"),
    path("data/datapackage.json", open_data.datapackage, name="datapackage"),
    path("data/desa.geojson", open_data.villages_geojson, name="data-geojson"),
    path("data/isian.<str:form>", exports.figures, name="staff-export"),
    path("data/impor/", imports.start, name="import-start"),
    path("data/impor/templat.xlsx", imports.template, name="import-template"),
    path("data/impor/<int:pk>/", imports.preview_, name="import-preview"),
    path("data/impor/<int:pk>/susunan/", imports.arrangement, name="import-arrangement"),
    path("data/impor/<int:pk>/penerapan/", imports.application, name="import-application"),
    path("data/impor/<int:pk>/pembatalan/", imports.cancellation, name="import-cancellation"),
    path("data/impor/<int:pk>/berkas/", imports.file, name="import-file"),
    path("data/<slug:key>.<str:form>", open_data.dataset_file, name="data-file"),
]
