"""What browsers are told, on every page there is."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD
from tests.security.rooms import ADMIN_PAGES, addresses
from tests.test_permissions import world  # noqa: F401
from tests.test_settings import manage

# What hands out things for other sites to show or to read; everything else stays at home.
FOR_EVERYBODY = {
    "areas:chart-city",
    "areas:chart-compare",
    "areas:chart-map",
    "areas:chart-multiples",
    "areas:chart-village",
    "areas:datapackage",
    "areas:data-geojson",
    "areas:data-file",
}


def faults(response, *, shared=False):
    """Return what is wrong with the headers of an answer."""
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if shared else "same-origin",
    }
    found = [name for name, value in wanted.items() if response.headers.get(name) != value]
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        found.append(f"Content-Security-Policy: {policy}")
    if "sandbox" not in policy and "frame-ancestors 'none'" not in policy:
        found.append("may be framed")
    permissions = response.headers.get("Permissions-Policy", "")
    if not {"camera=()", "geolocation=()", "microphone=()"} <= set(permissions.split(", ")):
        found.append("Permissions-Policy")
    if shared == (response.headers.get("Access-Control-Allow-Origin") is None) and not (
        shared and "svg" in response["Content-Type"]
    ):
        found.append("Access-Control-Allow-Origin")
    return found


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", ["public", "officer", "admin"])
def test_every_page_tells_browsers_the_rules(world, client_of, role):  # noqa: F811
    client = client_of(world["people"][role])
    found = {}
    pages = addresses(world)
    for name, address in {**pages, **dict(zip(ADMIN_PAGES, ADMIN_PAGES, strict=True))}.items():
        if name == "logout":
            continue
        response = client.get(address)
        # Redirects and refusals of an open door come from the site, not from the door.
        shared = name in FOR_EVERYBODY and response.status_code == 200
        if wrong := faults(response, shared=shared):
            found[address] = wrong
    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/tidak-ada/", "/\x00", "/rakor/", "/akun/masuk/"])
def test_refusals_carry_the_rules_too(address):
    assert faults(Client().get(address)) == []


def test_other_sites_read_open_data_and_show_charts(world):  # noqa: F811
    for name in sorted(FOR_EVERYBODY):
        response = Client().get(addresses(world)[name], headers={"Origin": "https://lain.example"})
        assert response.status_code == 200
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response.headers
        is_chart = response["Content-Type"].startswith("image/svg")
        assert is_chart or response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers


def test_what_depends_on_the_person_is_kept_by_no_proxy(world, client_of):  # noqa: F811
    client = client_of(world["people"]["bappeda"])
    for name in ("areas:review-queue", "profile", "areas:progress", "areas:staff-export"):
        assert client.get(addresses(world)[name])["Cache-Control"].startswith("private, no-")


def test_cookies_are_out_of_reach_of_scripts(bappeda):
    client = Client()
    client.post(reverse("login"), {"username": bappeda.username, "password": PASSWORD})
    csrf = client.cookies[settings.CSRF_COOKIE_NAME]
    assert (csrf["httponly"], csrf["samesite"], csrf["path"]) == (True, "Lax", "/")
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert int(session["max-age"]) <= 12 * 60 * 60


def test_a_real_server_insists_on_https():
    code = (
        "from django.conf import settings as s; from django.test import Client;"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "import django; django.setup(); c = Client(raise_request_exception=False);"
        "s.STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'};"
        "h = {'host': 'kotaku.example.go.id'};"
        "print(c.get('/akun/masuk/', headers=h)['Location'], s.SESSION_COOKIE_NAME);"
        "r = c.get('/akun/masuk/', secure=True, headers=h);"
        "print(r['Strict-Transport-Security']); print(r.cookies.output())"
    )
    result = manage(
        "shell", "--no-imports", "--command", code, ALLOWED_HOSTS="kotaku.example.go.id"
    )
    assert result.returncode == 0, result.stderr
    there, rule, cookie = result.stdout.strip().splitlines()
    assert there == "https://kotaku.example.go.id/akun/masuk/ __Host-sessionid"
    assert rule == "max-age=31536000; includeSubDomains; preload"
    assert cookie.startswith("Set-Cookie: __Host-csrftoken=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
