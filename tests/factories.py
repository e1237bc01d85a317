"""One small factory per model, valid by default; traits for roles and states.

What is equal by default hides faults: each role is another person, targets are not 0, hectares are
not round, and things happen late in the evening or after midnight, when the day in UTC is another.
"""

import copy
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from areas.models import (
    Activity,
    ActivityPhoto,
    Assessment,
    Baseline,
    Boundary,
    CommunityBoard,
    District,
    Funding,
    FundingSource,
    ImportReading,
    ImportRun,
    Improvement,
    Neighbourhood,
    Programme,
    Status,
    Village,
    VillageSupport,
    YearlyFigure,
)
from areas.rules.criteria import CURRENT
from areas.rules.plausibility import Concern
from kotaku.models import Region, Role, User
from meetings.models import (
    AgendaItem,
    Answer,
    Article,
    ArticleState,
    Decision,
    Delivery,
    DeliveryKind,
    DeliveryState,
    FollowUp,
    FollowUpState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Participant,
    PokjaDecree,
    PokjaMember,
    Reply,
    ReplyMeans,
)

# What a reviewer ticks who has checked every mark that a figure can have.
ALL_MARKS = " ".join(concern.name for concern in Concern)
PASSWORD = "kata-sandi-uji-12"


def ago(days: int, hour: int, minute: int):
    """Return a moment so many days ago, at this time in Jakarta."""

    def moment():
        now = timezone.localtime().replace(hour=hour, minute=minute, second=0, microsecond=0)
        return now - timedelta(days=days)

    return factory.LazyFunction(moment)


# Whole days lie between, so that no day in UTC is another one's day in Jakarta.
ENTERED, SUBMITTED, DECIDED = ago(6, 0, 20), ago(4, 23, 40), ago(2, 0, 10)


def count_rows_anew():
    """Let PostgreSQL plan for the rows stored last; a server does so by itself within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def copied(row, **values):
    """Another row like this one but for `values`; a thousand built ones take their time."""
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other._state.fields_cache = dict(row._state.fields_cache)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def province(code: str = "32", name: str = "Jawa Barat") -> Region:
    """Return a province, stored once."""
    facts = {"name": name, "kind": Region.Kind.PROVINCE}
    return Region.objects.get_or_create(code=code, defaults=facts)[0]


def city(code: str = "32.79", name: str = "Banjar") -> Region:
    """Return a city in its province, stored once; that of most tests without further words."""
    found = Region.objects.select_related("parent").filter(code=code).first()
    return found or Region.objects.create(
        code=code, name=name, kind=Region.Kind.CITY, parent=province(code[:2])
    )


class UserFactory(factory.django.DjangoModelFactory):
    """A viewer whose password is their own."""

    class Meta:
        model = User

    class Params:
        bappeda = factory.Trait(role=Role.BAPPEDA)
        officer = factory.Trait(role=Role.VILLAGE_OFFICER)
        admin = factory.Trait(role=Role.BAPPEDA, is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"pengguna{n}")
    full_name = factory.Sequence(lambda n: f"Orang {n}")
    role = Role.VIEWER
    region = factory.LazyAttribute(lambda user: None if user.is_superuser else city())
    is_superuser = False
    must_change_password = False
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class DistrictFactory(factory.django.DjangoModelFactory):
    """A kecamatan."""

    class Meta:
        model = District

    # Tests give the real codes 01 to 04, and those of villages, themselves.
    code = factory.Sequence(lambda n: f"32.79.{n % 90 + 10:02}")
    name = factory.Sequence(lambda n: f"Kecamatan{n}")
    region = factory.LazyFunction(city)


class VillageFactory(factory.django.DjangoModelFactory):
    """A desa somewhere in Banjar."""

    class Meta:
        model = Village

    code = factory.Sequence(lambda n: f"32.79.{n // 7900 + 1:02}.{n % 7900 + 2100}")
    name = factory.Sequence(lambda n: f"Sukamaju {n:04}")
    kind = Village.Kind.DESA
    district = factory.SubFactory(DistrictFactory)
    latitude = Decimal("-7.37")
    longitude = Decimal("108.54")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A period 2016–2019, from what its villages have to 1,85 Ha."""

    class Meta:
        model = Programme

    region = factory.LazyFunction(city)
    name = factory.Sequence(lambda n: f"Periode {n}")
    slug = factory.Sequence(lambda n: f"periode-{n}")
    baseline_year = 2016
    target_year = 2019
    target_ha = Decimal("1.85")
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
            submitted_by=factory.SubFactory(UserFactory, officer=True),
            submitted_at=SUBMITTED,
        )
        returned = factory.Trait(
            submitted=True,
            status=Status.RETURNED,
            returned_by=factory.SubFactory(UserFactory, bappeda=True),
            returned_at=DECIDED,
            return_reason="Foto kurang jelas.",
        )
        verified = factory.Trait(
            submitted=True,
            status=Status.VERIFIED,
            verified_by=factory.SubFactory(UserFactory, bappeda=True),
            verified_at=DECIDED,
        )

    baseline = factory.SubFactory(BaselineFactory)
    year = 2017
    area_ha = Decimal("15.00")
    entered_by = factory.SubFactory(UserFactory, officer=True)
    entered_at = ENTERED


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    """An RT of some village."""

    class Meta:
        model = Neighbourhood

    village = factory.SubFactory(VillageFactory)
    rt = factory.Sequence(lambda n: n % 999 + 1)
    rw = 1


# The published form of Wungu (domain.md): total 24.
WUNGU = dict(
    zip(
        (criterion.field for criterion in CURRENT.criteria),
        map(Decimal, (0, 0, 0, 100, 300, 1, 0, 0, 0, 0, 7, 7, 42, 42, 33, 33)),
        strict=True,
    )
)


class AssessmentFactory(factory.django.DjangoModelFactory):
    """A complete draft of 2018: Wungu's published form, 2,66 Ha, kumuh ringan, 24."""

    class Meta:
        model = Assessment

    class Params:
        submitted = factory.Trait(
            status=Status.SUBMITTED,
            submitted_by=factory.SubFactory(UserFactory, officer=True),
            submitted_at=SUBMITTED,
        )
        returned = factory.Trait(
            submitted=True,
            status=Status.RETURNED,
            returned_by=factory.SubFactory(UserFactory, bappeda=True),
            returned_at=DECIDED,
            return_reason="Periksa jumlah KK.",
        )
        verified = factory.Trait(
            submitted=True,
            status=Status.VERIFIED,
            verified_by=factory.SubFactory(UserFactory, bappeda=True),
            verified_at=DECIDED,
        )
        # Nothing is wrong there: total 0.
        good = factory.Trait(total=0, **dict.fromkeys(WUNGU, Decimal(0)))
        # Only the ground is known yet.
        begun = factory.Trait(total=None, **dict.fromkeys(WUNGU, None))

    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    year = 2018
    assessor = "BKM Uji"
    area_ha = Decimal("2.66")
    buildings = 33
    people = 168
    households = 42
    ideal_road_m = Decimal(400)
    ideal_drainage_m = Decimal(0)
    total = 24
    entered_by = factory.SubFactory(UserFactory, officer=True)
    entered_at = ENTERED
    locals().update(WUNGU)


class ActivityFactory(factory.django.DjangoModelFactory):
    """A road planned for 2020; `money` in rupiah from the city's budget."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    village = factory.SubFactory(VillageFactory)
    aspect = 2
    description = factory.Sequence(lambda n: f"Jalan beton {n}")
    year = 2020
    volume = Decimal(120)
    unit = "m"
    actor = "DCKTLH"
    changed_by = factory.SubFactory(UserFactory, bappeda=True)

    @factory.post_generation
    def money(self, create, amount, **kwargs):
        """Let the city's budget pay."""
        if create and amount:
            FundingFactory(activity=self, planned_idr=amount)


class FundingFactory(factory.django.DjangoModelFactory):
    """The city's budget gives 100 million rupiah."""

    class Meta:
        model = Funding

    activity = factory.SubFactory(ActivityFactory)
    source = FundingSource.CITY
    planned_idr = Decimal(100_000_000)


class ImprovementFactory(factory.django.DjangoModelFactory):
    """All of Wungu's damaged road, in an RT of the activity's village."""

    class Meta:
        model = Improvement

    activity = factory.SubFactory(ActivityFactory)
    neighbourhood = factory.SubFactory(
        NeighbourhoodFactory, village=factory.SelfAttribute("..activity.village")
    )
    criterion = "2b"
    volume = Decimal(300)


class ActivityPhotoFactory(factory.django.DjangoModelFactory):
    """A photo of before, whose file nobody reads."""

    class Meta:
        model = ActivityPhoto

    activity = factory.SubFactory(ActivityFactory)
    stage = 0
    file = "activities/uji.jpg"
    name = "uji.jpg"
    content_type, size_bytes = "image/jpeg", 1000
    sha256 = "a" * 64
    uploaded_by = factory.SelfAttribute("activity.changed_by")


class CommunityBoardFactory(factory.django.DjangoModelFactory):
    """A board of which only the name is known."""

    class Meta:
        model = CommunityBoard

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"BKM Maju {n}")
    changed_by = factory.SubFactory(UserFactory, officer=True)


class VillageSupportFactory(factory.django.DjangoModelFactory):
    """Nothing yet, in 2020."""

    class Meta:
        model = VillageSupport

    board = factory.SubFactory(CommunityBoardFactory)
    year = 2020
    changed_by = factory.SelfAttribute("board.changed_by")


class ImportRunFactory(factory.django.DjangoModelFactory):
    """A file that is looked at."""

    class Meta:
        model = ImportRun

    kind = ImportRun.Kind.FIGURES
    programme = factory.SubFactory(ProgrammeFactory)
    file = "imports/uji"
    name = "uji.csv"
    size_bytes = 1
    sha256 = "a" * 64
    uploaded_by = factory.SubFactory(UserFactory, bappeda=True)
    uploaded_at = factory.LazyFunction(timezone.now)


class ImportReadingFactory(factory.django.DjangoModelFactory):
    """A large file that is read in part."""

    class Meta:
        model = ImportReading

    run = factory.SubFactory(ImportRunFactory)
    key = "b" * 64
    rows = 5
    done_rows = 2
    understood = "{}"
    carried = "{}"


class BoundaryFactory(factory.django.DjangoModelFactory):
    """A square around the village's point."""

    class Meta:
        model = Boundary

    village = factory.SubFactory(VillageFactory)
    polygons = factory.LazyAttribute(lambda boundary: square(boundary.village))
    drawn = factory.SelfAttribute("polygons")
    source = "Batas uji"
    loaded_by = factory.SubFactory(UserFactory, admin=True)
    loaded_at = factory.LazyFunction(timezone.now)


def square(village, size=0.01):
    """Return polygons of one square around a village's point, in degrees."""
    x, y = float(village.longitude), float(village.latitude)
    corners = [
        [x - size, y - size],
        [x + size, y - size],
        [x + size, y + size],
        [x - size, y + size],
    ]
    return [[[*corners, corners[0]]]]


class MinutesFactory(factory.django.DjangoModelFactory):
    """Minutes that nobody has handed in yet."""

    class Meta:
        model = Minutes

    class Params:
        submitted = factory.Trait(
            meeting=factory.SubFactory("tests.factories.MeetingFactory", minutes=None, done=True),
            state=MinutesState.SUBMITTED,
            submitted_by=factory.SubFactory(UserFactory, bappeda=True),
            submitted_at=SUBMITTED,
        )
        approved = factory.Trait(
            submitted=True,
            state=MinutesState.APPROVED,
            decided_by=factory.SubFactory(UserFactory, bappeda=True),
            decided_at=DECIDED,
        )

    meeting = factory.SubFactory("tests.factories.MeetingFactory", minutes=None)
    changed_by = factory.SubFactory(UserFactory, bappeda=True)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting that is scheduled for half past 13 to 16.15 on 8 November 2016, with its minutes."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    class Params:
        done = factory.Trait(state=MeetingState.DONE)

    region = factory.LazyFunction(city)
    title = factory.Sequence(lambda n: f"Rakor {n}")
    state = MeetingState.SCHEDULED
    starts_at = datetime(2016, 11, 8, 13, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    ends_at = datetime(2016, 11, 8, 16, 15, tzinfo=ZoneInfo("Asia/Jakarta"))
    place = "Aula DCKTLH"
    organiser = "Bappeda"
    changed_by = factory.SubFactory(UserFactory, bappeda=True)
    minutes = factory.RelatedFactory(
        MinutesFactory, "meeting", changed_by=factory.SelfAttribute("..changed_by")
    )


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """The first item of a meeting."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = 1
    title = factory.Sequence(lambda n: f"Acara {n}")
    changed_by = factory.SelfAttribute("meeting.changed_by")


class ParticipantFactory(factory.django.DjangoModelFactory):
    """Somebody with a name."""

    class Meta:
        model = Participant

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Peserta {n}")
    organisation = "DCKTLH"


class PokjaDecreeFactory(factory.django.DjangoModelFactory):
    """A decree in force since 2016."""

    class Meta:
        model = PokjaDecree

    region = factory.LazyFunction(city)
    number = factory.Sequence(lambda n: f"600/Kpts.{n}-Bappeda/2016")
    decreed_on = date(2016, 1, 4)
    about = "Pembentukan Pokja PKP"
    valid_from = date(2016, 1, 5)
    changed_by = factory.SubFactory(UserFactory, bappeda=True)


class PokjaMemberFactory(factory.django.DjangoModelFactory):
    """A member with a name."""

    class Meta:
        model = PokjaMember

    decree = factory.SubFactory(PokjaDecreeFactory)
    name = factory.Sequence(lambda n: f"Anggota {n}")
    position = "Kepala Seksi"
    organisation = "DCKTLH"
    unsur = "opd"
    changed_by = factory.SelfAttribute("decree.changed_by")


class DeliveryFactory(factory.django.DjangoModelFactory):
    """An invitation that was sent to a participant's address."""

    class Meta:
        model = Delivery

    participant = factory.SubFactory(ParticipantFactory)
    meeting = factory.SelfAttribute("participant.meeting")
    name = factory.LazyAttribute(lambda row: row.participant.display_name)
    kind = DeliveryKind.INVITATION
    state = DeliveryState.SENT
    address = factory.Sequence(lambda n: f"peserta{n}@contoh.id")
    version = factory.SelfAttribute("meeting.version")
    by = factory.SelfAttribute("meeting.changed_by")


class ReplyFactory(factory.django.DjangoModelFactory):
    """An answer by link: present."""

    class Meta:
        model = Reply

    participant = factory.SubFactory(ParticipantFactory)
    meeting = factory.SelfAttribute("participant.meeting")
    name = factory.LazyAttribute(lambda row: row.participant.display_name)
    answer = Answer.PRESENT
    starts_at = factory.SelfAttribute("meeting.starts_at")
    means = ReplyMeans.LINK


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision under an item of a meeting that was held."""

    class Meta:
        model = Decision
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory, done=True)
    agenda_item = factory.SubFactory(AgendaItemFactory, meeting=factory.SelfAttribute("..meeting"))
    text = factory.Sequence(lambda n: f"Keputusan {n}")
    author = factory.SelfAttribute("meeting.changed_by")


class FollowUpFactory(factory.django.DjangoModelFactory):
    """Something that an organisation has to do by the end of 2016."""

    class Meta:
        model = FollowUp

    class Params:
        done = factory.Trait(
            state=FollowUpState.DONE,
            completed_by=factory.SubFactory(UserFactory),
            completed_at=DECIDED,
        )

    decision = factory.SubFactory(DecisionFactory)
    what = factory.Sequence(lambda n: f"Tugas {n}")
    organisation = "DCKTLH"
    due_on = date(2016, 12, 31)
    changed_by = factory.SelfAttribute("decision.author")


class ArticleFactory(factory.django.DjangoModelFactory):
    """A report that is not out yet."""

    class Meta:
        model = Article

    class Params:
        published = factory.Trait(
            state=ArticleState.PUBLISHED, published_at=factory.LazyFunction(timezone.now)
        )

    meeting = factory.SubFactory(MeetingFactory, done=True)
    title = factory.Sequence(lambda n: f"Berita {n}")
    slug = factory.Sequence(lambda n: f"berita-{n}")
    lead = "Ringkasan."
    body = "Isi."
    changed_by = factory.SelfAttribute("meeting.changed_by")
