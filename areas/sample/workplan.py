"""An invented work plan for demonstration: activities, boards and support, marked as sample."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from areas.models import (
    Activity,
    ActivityPhoto,
    CommunityBoard,
    Neighbourhood,
    Village,
    VillageSupport,
)


@dataclass(frozen=True)
class SampleActivity:
    """One invented activity; money in million rupiah; improvements as (RT, criterion, volume)."""

    code: str
    aspect: int
    description: str
    year: int
    volume: str
    unit: str
    actor: str
    funding: dict[str, int]
    spent: dict[str, int]
    status: str = "planned"
    percent: int = 0
    plan: str = ""
    improves: tuple[tuple[int, str, str], ...] = ()


# Planned activities are in the future, whenever the sample is loaded; the running one is of now.
NOW = timezone.localdate().year
NEXT = NOW + 1
BINANGUN, LANGENSARI = "32.79.02.2006", "32.79.04.2001"
# fmt: off
ACTIVITIES = (
    SampleActivity(
        BINANGUN, 2, "Contoh: pavingisasi jalan lingkungan RT 002/RW 001", NEXT, "240", "m",
        "BKM Binangun (contoh)", {"bdi": 150, "dana-desa": 60}, {},
        plan="rkpdes", improves=((2, "2b", "240"),),
    ),
    SampleActivity(
        BINANGUN, 3, "Contoh: sambungan rumah air minum RT 002/RW 001", NEXT, "62", "KK",
        "PDAM (contoh)", {"apbd-kota": 186}, {}, improves=((2, "3a", "62"), (2, "3b", "22")),
    ),
    SampleActivity(
        BINANGUN, 4, "Contoh: drainase lingkungan RT 002/RW 001", NEXT + 1, "540", "m",
        "DCKTLH (contoh)", {"apbd-kota": 280, "swadaya": 15}, {},
        improves=((2, "4b", "540"),),
    ),
    SampleActivity(
        BINANGUN, 6, "Contoh: gerobak dan tempat sampah RT 002/RW 001", NEXT + 1, "70", "KK",
        "Desa Binangun (contoh)", {"dana-desa": 48, "csr": 20}, {},
        plan="apbdes", improves=((2, "6a", "70"), (2, "6b", "70")),
    ),
    SampleActivity(
        LANGENSARI, 5, "Contoh: tangki septik komunal RT 001/RW 001", NOW, "28", "KK",
        "BKM Langensari (contoh)", {"dak": 225, "swadaya": 18}, {"dak": 110}, "running", 50,
        plan="rpjmdes", improves=((1, "5a", "9"), (1, "5b", "28")),
    ),
    SampleActivity(
        LANGENSARI, 2, "Contoh: jalan beton RT 002/RW 001", 2017, "180", "m",
        "DCKTLH (contoh)", {"apbd-kota": 210, "apbd-provinsi": 90},
        {"apbd-kota": 204, "apbd-provinsi": 90}, "done", 100, plan="rkpdes",
    ),
    SampleActivity(
        LANGENSARI, 1, "Contoh: rumah deret RT 003/RW 001", 2018, "12", "unit",
        "Pengembang (contoh)", {"csr": 900}, {}, "cancelled",
    ),
)
# fmt: on


def load_plan(officers, planner, photo) -> None:
    """Create the plan; `officers` maps village code to account; `photo(text)` returns an upload."""
    for sample in ACTIVITIES:
        _load(sample, planner, photo)
    board = CommunityBoard.objects.create(
        village=Village.objects.get(code=BINANGUN),
        name="BKM Binangun (contoh)",
        coordinator_position="Koordinator BKM",
        founded_on=date(2008, 5, 20),
        independence=CommunityBoard.Independence.EMPOWERED,
        is_sample=True,
        changed_by=officers[BINANGUN],
    )
    for year, rkpdes, budget_idr in ((2018, False, 10_000_000), (2019, True, 25_000_000)):
        VillageSupport.objects.create(
            board=board,
            year=year,
            in_rpjmdes=True,
            in_rkpdes=rkpdes,
            budget_idr=budget_idr,
            technical_support="Contoh: pendampingan kader pemberdayaan dan tempat rapat.",
            changed_by=officers[BINANGUN],
        )


def _load(sample, planner, photo):
    village = Village.objects.get(code=sample.code)
    rts = {
        int(rt.rt): rt for rt in Neighbourhood.objects.filter(village=village).of_kind(sample=True)
    }
    activity = Activity(version=0, is_sample=True)
    activity.store(
        by=planner,
        version=0,
        values={
            "village": village,
            "aspect": sample.aspect,
            "description": sample.description,
            "year": sample.year,
            "volume": Decimal(sample.volume),
            "unit": sample.unit,
            "actor": sample.actor,
            "plan_document": sample.plan,
        },
        funding={source: (_million(amount), 0) for source, amount in sample.funding.items()},
        improvements=[(rts[rt], key, Decimal(volume)) for rt, key, volume in sample.improves],
    )
    if sample.status == "planned":
        return
    is_cancelled = sample.status == "cancelled"
    activity.store(
        by=planner,
        version=activity.version,
        values={
            "status": sample.status,
            "physical_percent": sample.percent,
            "note": "Contoh: lahannya belum tersedia." if is_cancelled else "",
        },
        funding={
            source: (_million(amount), _million(sample.spent.get(source, 0)))
            for source, amount in sample.funding.items()
        },
    )
    for stage in (each for each in ActivityPhoto.Stage if each <= sample.percent):
        if sample.percent:
            upload = photo(f"{village.name}, {stage.value} persen")
            ActivityPhoto.attach(activity, upload, stage=stage, by=planner)


def _million(amount: int) -> Decimal:
    return Decimal(amount) * 1_000_000
