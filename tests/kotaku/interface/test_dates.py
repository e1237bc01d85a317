"""A date outside 1945–2100 is a slip; every form and admin page says so."""

import importlib
import pkgutil

import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory

import areas
import kotaku
import meetings
from kotaku.interface.fields import WholeNumberField, check_day
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import MeetingFactory

SENTENCE = "Tulis tanggal dari tahun 1945 sampai 2100."


def site_forms():
    for package in (areas, kotaku, meetings):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and "forms" in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            if each not in found:
                found.add(each)
                waiting.append(each)
    ours = ("areas.", "kotaku.", "meetings.")
    # What is shown only, and what the admin makes of them, is asked of the admin's own pages.
    return [
        each
        for each in found
        if each.__module__.startswith(ours) and ".admin" not in each.__module__
    ]


def checks_years(field) -> bool:
    if isinstance(field, forms.SplitDateTimeField):
        return checks_years(field.fields[0])
    return check_day in field.validators


def test_every_date_of_the_sites_forms_is_checked():
    dates = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
    fields = [
        (form, name, field)
        for form in site_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, dates)
    ]
    assert len(fields) >= 4
    assert [(form, name) for form, name, field in fields if not checks_years(field)] == []


@pytest.mark.ignore_template_errors
def test_every_date_of_the_admin_is_checked(admin_pages):
    dates = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
    found = [
        (page, name, field)
        for page, form in admin_pages
        for name, field in form.base_fields.items()
        if isinstance(field, dates)
    ]
    assert len(found) >= 4
    assert [(page, name) for page, name, field in found if not checks_years(field)] == []


def test_no_form_reads_whole_numbers_as_django_does():
    """`1.000` would become 1; hidden versions and ids are written by the page itself."""
    fields = [
        (form, name)
        for form in site_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.IntegerField) and not field.widget.is_hidden
        if not isinstance(field, WholeNumberField | forms.DecimalField)
    ]
    assert fields == []


@pytest.mark.ignore_template_errors
def test_no_page_of_the_admin_reads_whole_numbers_as_django_does(admin_pages):
    fields = [
        (page, name)
        for page, form in admin_pages
        for name, field in form.base_fields.items()
        if isinstance(field, forms.IntegerField)
        if not isinstance(field, WholeNumberField | forms.DecimalField)
    ]
    assert fields == []


@pytest.mark.parametrize("typed", ["1.000", "1,000", "1.200"])
def test_a_length_of_a_thousand_minutes_is_asked_about(client_of, bappeda, typed):
    data = {
        "title": "Rakor",
        "kind": "coordination",
        "day": "2030-05-14",
        "place": "Aula",
        "organiser": "Bappeda",
        "acara-TOTAL_FORMS": 1,
        "acara-INITIAL_FORMS": 0,
        "acara-0-title": "Diskusi",
        "acara-0-length_minutes": typed,
        "peserta-TOTAL_FORMS": 0,
        "peserta-INITIAL_FORMS": 0,
    }
    response = client_of(bappeda).post("/rakor/baru/", data)
    assert response.status_code == 422
    assert f"{typed} bisa berarti" in text_of(response)


@pytest.fixture
def admin_pages(admin_user_request):
    """Return every form of the admin, those of the inlines among them."""
    request = admin_user_request
    pages = []
    for model_admin in admin.site._registry.values():
        if not model_admin.has_change_permission(request):
            continue
        pages.append((model_admin, model_admin.get_form(request)))
        for inline in model_admin.get_inline_instances(request):
            pages.append((inline, inline.get_formset(request).form))
    return pages


@pytest.fixture
def admin_user_request(admin, rf: RequestFactory):
    request = rf.get("/admin/")
    request.user = admin

    class Match:
        kwargs = {}

    request.resolver_match = Match()
    return request


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("day", "status"),
    [("08-11-0216", 200), ("31-12-1944", 200), ("01-01-2101", 200), ("08-11-2016", 302)],
)
def test_the_admin_refuses_a_decree_of_another_age(client_of, admin, programme, day, status):
    data = {
        "region": programme.region_id,
        "name": programme.name,
        "slug": programme.slug,
        "source": "Uji",
        "baseline_year": 2016,
        "decree_date": day,
        "entry_days": 31,
        "year_targets-TOTAL_FORMS": 0,
        "year_targets-INITIAL_FORMS": 0,
        "baselines-TOTAL_FORMS": 0,
        "baselines-INITIAL_FORMS": 0,
    }
    address = f"/admin/areas/programme/{programme.pk}/change/"
    response = save_shown(client_of(admin), address, data)
    assert response.status_code == status
    if status == 200:
        assert SENTENCE in text_of(response)


@pytest.mark.parametrize("day", ["0216-11-08", "1944-12-31", "2101-01-01", "20016-11-08"])
def test_a_meeting_of_another_age_is_refused(client_of, bappeda, day):
    data = {
        "title": "Rakor",
        "kind": "coordination",
        "day": day,
        "place": "Aula",
        "organiser": "Bappeda",
        "acara-TOTAL_FORMS": 0,
        "acara-INITIAL_FORMS": 0,
        "peserta-TOTAL_FORMS": 0,
        "peserta-INITIAL_FORMS": 0,
    }
    response = client_of(bappeda).post("/rakor/baru/", data)
    assert response.status_code == 422
    sentence = "Tulis tanggal, misalnya 08-11-2016." if day.startswith("20016") else SENTENCE
    assert sentence in text_of(response)


@pytest.mark.ignore_template_errors
def test_the_admin_refuses_a_meeting_of_another_age(client_of, admin):
    meeting = MeetingFactory()
    data = {"title": "Rakor", "starts_at_0": "14-05-0230", "starts_at_1": "09:00:00"}
    for prefix in ("agenda", "participants"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = save_shown(client_of(admin), f"/admin/meetings/meeting/{meeting.pk}/change/", data)
    assert response.status_code == 200
    assert SENTENCE in text_of(response)
