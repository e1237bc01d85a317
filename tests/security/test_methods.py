"""Nothing is done in another way than by looking or sending."""

import pytest
from django.test import Client

from tests.security.rooms import POSTS, TABLE

ADDRESSES = [
    "/",
    "/akun/",
    "/akun/sandi/",
    "/isian/",
    "/data/impor/",
    "/berita/atom.xml",
    "/admin/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_everywhere(admin, client_of, method):
    for client in (Client(), client_of(admin)):
        for address in ADDRESSES:
            refused = client.generic(method, address)
            assert refused.status_code == 405, address
            assert refused["Allow"] == "GET, HEAD, POST"


def test_the_permission_table_knows_no_other_methods():
    assert {row[0] for table in (TABLE, POSTS) for row in table.values()} <= {"get", "post"}
