"""The cast: the people and the period that most tests know."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture
def programme(db):
    """The current period 2016–2019."""
    return factories.ProgrammeFactory(is_current=True)


@pytest.fixture
def baseline(programme):
    """The officer's village, with 20 Ha."""
    return factories.BaselineFactory(programme=programme, village__name="Balokang")


@pytest.fixture
def other_baseline(programme):
    """Another village, with 30 Ha."""
    return factories.BaselineFactory(programme=programme, village__name="Binangun", area_ha=30)


@pytest.fixture
def officer(baseline):
    """The officer of Desa Balokang."""
    user = factories.UserFactory(officer=True, username="petugas", full_name="Petugas")
    baseline.village.officers.add(user)
    return user


@pytest.fixture
def second_officer(baseline):
    """A second person who enters for Desa Balokang."""
    user = factories.UserFactory(officer=True, username="operator", full_name="Operator")
    baseline.village.officers.add(user)
    return user


@pytest.fixture
def other_officer(other_baseline):
    """The officer of Desa Binangun."""
    user = factories.UserFactory(officer=True, username="tetangga")
    other_baseline.village.officers.add(user)
    return user


@pytest.fixture
def bappeda(db):
    """A reviewer."""
    return factories.UserFactory(bappeda=True, username="pemeriksa", full_name="Pemeriksa")


@pytest.fixture
def second_bappeda(db):
    """A second reviewer."""
    return factories.UserFactory(bappeda=True, username="pemeriksa2", full_name="Pemeriksa Dua")


@pytest.fixture
def viewer(db):
    """Somebody who reads everything."""
    return factories.UserFactory(username="pembaca")


@pytest.fixture
def admin(db):
    """A superuser."""
    return factories.UserFactory(admin=True, username="pengelola")


@pytest.fixture
def client_of():
    """Return a signed-in client of a user; of nobody for None."""

    def make(user=None, **options):
        client = Client(**options)
        if user:
            client.force_login(user)
        return client

    return make
