"""Which rows lie in a region: its own, those of its parts, and no others."""

import pytest

from kotaku.models import Region, User
from kotaku.models.region import inside
from tests.factories import UserFactory, city, province


@pytest.mark.django_db
def test_a_region_holds_the_rows_of_its_own_parts():
    banjar, cimahi, surakarta = city(), city("32.77", "Cimahi"), city("33.72", "Surakarta")
    nation = Region.objects.create(code="ID", name="Indonesia", kind=Region.Kind.NATION)
    places = [banjar, cimahi, surakarta, province("33", "Jawa Tengah")]
    for place in places:
        UserFactory(region=place)
    for region, held in {
        banjar: [banjar],
        province("32"): [banjar, cimahi],
        province("33"): [surakarta, province("33")],
        nation: places,
        None: places,
    }.items():
        found = User.objects.exclude(region=None).filter(inside(region))
        assert {user.region for user in found} == set(held), region
