"""Villages, their officers, and a real server on the database of the run."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import BaselineFactory, DistrictFactory, UserFactory
from tests.faults.site import Site

OFFICERS = 50


def pytest_itemcollected(item):
    item.add_marker("faults")


@pytest.fixture
def baselines(transactional_db, programme):
    """One village each for 50 officers."""
    made = BaselineFactory.create_batch(
        OFFICERS, programme=programme, village__district=DistrictFactory()
    )
    for baseline in made:
        baseline.officer = UserFactory(officer=True)
        baseline.village.officers.add(baseline.officer)
    return made


@pytest.fixture(scope="session")
def site(django_db_setup, tmp_path_factory):
    """One server for all faults: each test leaves it running."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def database_gone():
    """`with database_gone():` nobody reaches the database, until the block ends."""
    return {"sqlite": _file_gone, "postgresql": _server_refuses}[connection.vendor]


@contextmanager
def _file_gone():
    """The file's place is a folder, as when a disk is not mounted: SQLite cannot open it."""
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    aside = place.with_suffix(".aside")
    place.rename(aside)
    place.mkdir()
    try:
        yield
    finally:
        place.rmdir()
        aside.rename(place)


@contextmanager
def _server_refuses():
    """Every connection is ended, and no new one is let in."""
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        connection.close()
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
