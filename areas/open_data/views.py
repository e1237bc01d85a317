"""Open data: verified figures for the public, in common formats, at permanent addresses."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from areas.models import Boundary, Programme, current_of
from areas.open_data import about, datasets
from areas.open_data.geojson import GEOJSON_TYPE, geojson_lines
from areas.open_data.version import data_version, newest_change
from kotaku.caching.page_cache import kept
from kotaku.formats import format_count
from kotaku.interface.moments import moment_text
from kotaku.regions.page_region import PARAMETER, public_region
from kotaku.spreadsheets import writers

FORMATS = {"xlsx": "Excel", "excel.csv": "CSV titik koma", "csv": "CSV", "json": "JSON"}


def open_to_all(view):
    """Allow reading a file without signing in and from other sites (CORS), but not changing it."""

    @login_not_required
    @wraps(view)
    def opened(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in ("GET", "HEAD"):
            response = view(request, *args, **kwargs)
            response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Content-Disposition"
            response["Cache-Control"] = "public, no-cache"
        else:
            response = HttpResponse(status=405)
            response["Allow"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    opened.answers_options = True
    return opened


def _programmes(request):
    slug = request.GET.get("periode")
    programmes = datasets.offered_programmes(slug, public_region(request))
    if slug and not programmes:
        raise Http404("Periode tidak dikenal.")
    return programmes


def _conditional(request, version, make):
    """Answer 304 if the client has this version; otherwise make the file with its ETag."""
    etag, changed_at = version
    moment = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag, moment)
    if response is None:
        # HEAD only asks whether there is a new version, so the file is not made.
        response = HttpResponse() if request.method == "HEAD" else make()
    response["ETag"] = etag
    if moment:
        response["Last-Modified"] = http_date(moment)
    return response


@login_not_required
@require_safe
@kept
def index(request):
    """Show the tables to download, with their formats and periods."""
    region = public_region(request)
    programmes = list(Programme.objects.inside(region).select_related("region"))
    chosen = request.GET.get("periode")
    programme = next((each for each in programmes if each.slug == chosen), None)
    shown = [programme] if programme else [each for each in programmes if not each.is_sample]
    offered = datasets.Periods(shown, programme.region if programme else region)
    changed_at = newest_change(datasets.changes())
    scope = request.GET.get(PARAMETER, "")
    context = {
        "programmes": programmes,
        "chosen": programme,
        # Marks the page if the period is a sample, as on all pages.
        "programme": programme,
        "tables": [_offer(dataset, offered, programme, scope) for dataset in datasets.datasets()],
        "scope": scope,
        "geojson_url": _address("areas:data-geojson", programme, scope),
        "changed_at": moment_text(changed_at),
        "licence": about.licence_text(),
        "has_boundaries": Boundary.objects.exists(),
    }
    return render(request, "areas/open_data/open_data.html", context)


def _offer(dataset, programmes, programme, scope):
    chosen = programme if dataset.of_period else None
    return {
        "dataset": dataset,
        "rows": format_count(dataset.count(programmes)),
        "files": [
            (label, _address("areas:data-file", chosen, scope, key=dataset.key, form=form))
            for form, label in FORMATS.items()
        ],
    }


def _address(name, programme, scope, **kwargs):
    query = {PARAMETER: scope} if scope else {}
    if programme:
        query["periode"] = programme.slug
    return reverse(name, kwargs=kwargs, query=query)


@login_not_required
@require_safe
@kept
def dictionary(request):
    """Explain every column of every table, and how programs read them."""
    programmes = datasets.offered_programmes(None, public_region(request))
    context = {
        "tables": [(dataset, dataset.build(programmes).columns) for dataset in datasets.datasets()],
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "areas/open_data/data_dictionary.html", context)


@open_to_all
def datapackage(request):
    """Describe all tables to programs (Frictionless Data Package)."""
    programmes = datasets.offered_programmes(None, public_region(request))
    version = data_version(datasets.changes(), "datapackage", request.get_host())

    def make():
        tables = [(each, each.build(programmes).columns) for each in datasets.datasets()]
        package = about.datapackage(
            tables,
            lambda dataset: request.build_absolute_uri(
                reverse("areas:data-file", kwargs={"key": dataset.key, "form": "csv"})
            ),
            version[1],
        )
        return JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})

    return _conditional(request, version, make)


@open_to_all
def dataset_file(request, key, form):
    """Download a table in one of its formats."""
    dataset = datasets.dataset(key)
    if dataset is None or form not in FORMATS:
        raise Http404("Tabel tidak dikenal.")
    programmes = _programmes(request)
    version = data_version(
        dataset.changes(), key, form, request.get_full_path(), request.get_host()
    )
    if form == "xlsx" and dataset.count(programmes) > writers.MAX_SHEET_ROWS:
        return _too_many_rows(request, dataset)
    return _conditional(
        request, version, lambda: _file(request, dataset, form, programmes, version[1])
    )


def _too_many_rows(request, dataset):
    context = {"dataset": dataset, "limit": writers.MAX_SHEET_ROWS}
    return render(request, "areas/open_data/data_too_many.html", context, status=422)


def _file(request, dataset, form, programmes, changed_at):
    table = dataset.build(programmes)
    told = dataset, table.columns, programmes, changed_at, request.build_absolute_uri()
    name = _name(request, dataset.key, form, programmes)
    if form == "json":
        return writers.streamed(
            writers.json_lines(table, about.about_json(*told)), name, writers.JSON_TYPE
        )
    if form == "xlsx":
        return writers.workbook_response(table, about.about_sheet(*told), name)
    return writers.csv_response(table, name, form)


def _name(request, key, form, programmes):
    period = f"-{programmes[0].slug}" if request.GET.get("periode") else ""
    sample = "-data-contoh" if about.is_sample(programmes) else ""
    return f"{key}{period}{sample}.{form}"


@open_to_all
def villages_geojson(request):
    """Download the villages with their locations and newest verified figures."""
    programmes = _programmes(request)
    # Of several periods the current one; a sample only if requested by name.
    programme = current_of(programmes)
    version = data_version(
        datasets.changes(), "geojson", request.get_full_path(), request.get_host()
    )

    def make():
        sources = sorted(set(Boundary.objects.order_by().values_list("source", flat=True)))
        told = about.about_geojson(programme, version[1], request.build_absolute_uri(), sources)
        name = _name(request, "desa", "geojson", [programme] if programme else [])
        lines = geojson_lines(programme, programmes.region, told)
        return writers.streamed(lines, name, GEOJSON_TYPE)

    return _conditional(request, version, make)
