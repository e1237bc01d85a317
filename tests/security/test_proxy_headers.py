"""What a request says about how it came is believed where the settings say so, and nowhere else."""

import http.client
import re

import pytest

from tests.faults.site import Site

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(tmp_path):
    """The real server, as `gunicorn kotaku.wsgi` starts it."""
    site = Site(tmp_path)
    site.start()
    yield site
    site.stop()


def heading(site, path, **headers):
    """Return the status of a page, and its title."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    title = re.findall(r"<title>([^<]*)", answer.read().decode())
    connection.close()
    return answer.status, title


def test_nobody_says_from_outside_where_the_site_lies(site):
    """A kept page would be another one's for everybody who comes later."""
    true = heading(site, "/berita/")
    assert heading(site, "/berita/", SCRIPT_NAME="/berita") == true
    assert heading(site, "/berita/", PATH_INFO="/") == true
    assert heading(site, "/berita/") == true
    assert heading(site, "/", SCRIPT_NAME="/x")[0] == 200
