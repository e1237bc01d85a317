"""One small factory per model, valid by default; traits for roles and states."""

from decimal import Decimal

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from areas.models import Baseline, District, Programme, Status, Village, YearlyFigure
from kotaku.models import Role, User

PASSWORD = "kata-sandi-uji-12"


class UserFactory(factory.django.DjangoModelFactory):
    """A viewer whose password is their own."""

    class Meta:
        model = User

    class Params:
        bappeda = factory.Trait(role=Role.BAPPEDA)
        officer = factory.Trait(role=Role.VILLAGE_OFFICER)
        admin = factory.Trait(role=Role.BAPPEDA, is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"pengguna{n}")
    first_name = factory.Sequence(lambda n: f"Orang {n}")
    role = Role.VIEWER
    must_change_password = False
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class DistrictFactory(factory.django.DjangoModelFactory):
    """A kecamatan."""

    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"32.79.{n % 99 + 1:02}")
    name = factory.Sequence(lambda n: f"Kecamatan{n}")


class VillageFactory(factory.django.DjangoModelFactory):
    """A desa somewhere in Banjar."""

    class Meta:
        model = Village

    code = factory.Sequence(lambda n: f"32.79.{n // 9000 + 1:02}.{n % 9000 + 1000}")
    name = factory.Sequence(lambda n: f"Sukamaju {n:04}")
    kind = Village.Kind.DESA
    district = factory.SubFactory(DistrictFactory)
    latitude = Decimal("-7.37")
    longitude = Decimal("108.54")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A period 2016–2019, from what its villages have to 0 Ha."""

    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Periode {n}")
    slug = factory.Sequence(lambda n: f"periode-{n}")
    baseline_year = 2016
    target_year = 2019
    target_ha = Decimal(0)
    is_current = False
    source = "Sumber uji."


class BaselineFactory(factory.django.DjangoModelFactory):
    """A village with 20 Ha."""

    class Meta:
        model = Baseline

    programme = factory.SubFactory(ProgrammeFactory)
    village = factory.SubFactory(VillageFactory)
    area_ha = Decimal("20.00")


class YearlyFigureFactory(factory.django.DjangoModelFactory):
    """A draft of 2017 with 15 Ha."""

    class Meta:
        model = YearlyFigure

    class Params:
        submitted = factory.Trait(
            status=Status.SUBMITTED,
            submitted_by=factory.SelfAttribute("entered_by"),
            submitted_at=factory.LazyFunction(timezone.now),
        )
        returned = factory.Trait(
            submitted=True,
            status=Status.RETURNED,
            returned_by=factory.SubFactory(UserFactory, bappeda=True),
            returned_at=factory.LazyFunction(timezone.now),
            return_reason="Foto kurang jelas.",
        )
        verified = factory.Trait(
            submitted=True,
            status=Status.VERIFIED,
            verified_by=factory.SubFactory(UserFactory, bappeda=True),
            verified_at=factory.LazyFunction(timezone.now),
        )

    baseline = factory.SubFactory(BaselineFactory)
    year = 2017
    area_ha = Decimal("15.00")
    entered_by = factory.SubFactory(UserFactory, officer=True)
    entered_at = factory.LazyFunction(timezone.now)
