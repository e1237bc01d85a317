"""The tables of open data for the public, and the descriptions of their columns.

They contain only verified figures. Sample periods are left out unless requested by name, and
then every row is marked, so that invented hectares are not added to real ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef

from areas.models import (
    Baseline,
    Boundary,
    District,
    FigureEvent,
    Programme,
    Village,
    YearlyFigure,
)
from kotaku import contributions
from kotaku.models import Region
from kotaku.spreadsheets.tables import (
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    YEAR,
    YES_NO,
    Column,
    Dataset,
    Table,
)

CHUNK = 2000

PERIOD = Column("periode", TEXT, "Nama pendek periode (SK kumuh), kunci ke tabel periode.")
IS_SAMPLE = Column("data_contoh", YES_NO, "ya bila angkanya dikarang untuk mencoba aplikasi.")
CODE = Column("kode_desa", TEXT, "Kode Kemendagri desa/kelurahan, misalnya 32.79.01.1001.")
VILLAGE = Column("desa_kelurahan", TEXT, "Nama desa atau kelurahan.")
KIND = Column("jenis", TEXT, "desa atau kelurahan.")
DISTRICT_CODE = Column("kode_kecamatan", TEXT, "Kode Kemendagri kecamatan.")
DISTRICT = Column("kecamatan", TEXT, "Nama kecamatan.")
YEAR_COLUMN = Column(
    "tahun", YEAR, "Tahun; angkanya keadaan 31 Desember, kecuali per_tanggal terisi."
)
REMAINING = Column("sisa_ha", NUMBER, "Sisa luas kumuh tahun itu, terverifikasi.", "Ha")
BASELINE = Column("baseline_ha", NUMBER, "Luas kumuh awal menurut periode itu.", "Ha")
AS_OF = Column("per_tanggal", DAY, "Tanggal keadaan angka itu; kosong berarti keadaan akhir tahun.")
IS_INFERRED = Column(
    "baseline_disimpulkan",
    YES_NO,
    "ya bila luas kumuh awal disimpulkan dari angka lain yang diumumkan, tidak diumumkan sendiri.",
)
VERIFIED_AT = Column(
    "diverifikasi_pada", MOMENT, "Saat angka itu tercatat terverifikasi di aplikasi ini."
)


def datasets() -> list[Dataset]:
    """Return all tables of open data, those of other apps last."""
    return [*OWN, *contributions.gather(contributions.open_data)]


def dataset(key: str) -> Dataset | None:
    """Return the table of this name, or None."""
    return next((each for each in datasets() if each.key == key), None)


@dataclass(frozen=True)
class Periods(Sequence):
    """The periods of a table, and its region (None: all regions).

    The region is separate, because a region without periods still has villages.
    """

    programmes: Sequence[Programme]
    region: Region | None

    def __getitem__(self, place):
        return self.programmes[place]

    def __len__(self):
        return len(self.programmes)


def offered_programmes(slug: str | None, region: Region | None) -> Periods:
    """Return the named period, or without a name all periods of a region except sample ones.

    Empty for an unknown name.
    """
    programmes = Programme.objects.inside(region).order_by("baseline_year", "slug")
    if slug:
        named = list(programmes.filter(slug=slug).select_related("region"))
        return Periods(named, named[0].region if named else region)
    return Periods(list(programmes.filter(is_sample=False)), region)


def verified_figures(programmes):
    """Return the figures of these periods that are visible to the public."""
    figures = YearlyFigure.objects.visible_to(AnonymousUser())
    return figures.filter(baseline__programme__in=programmes)


def changes() -> Iterator[tuple]:
    """Yield (number of rows, newest change) of each model used by this app's tables."""
    for model, field in (
        (District, "changed_at"),
        (Village, "changed_at"),
        (Programme, "changed_at"),
        (Baseline, "changed_at"),
        (FigureEvent, "at"),
        (Boundary, "loaded_at"),
    ):
        row = model.objects.order_by().aggregate(rows=Count("pk"), newest=Max(field))
        yield row["rows"], row["newest"]


def _long(programmes: Sequence[Programme]) -> Table:
    columns = {
        PERIOD: "baseline__programme__slug",
        IS_SAMPLE: "baseline__programme__is_sample",
        CODE: "baseline__village__code",
        VILLAGE: "baseline__village__name",
        KIND: "baseline__village__kind",
        DISTRICT: "baseline__village__district__name",
        YEAR_COLUMN: "year",
        REMAINING: "area_ha",
        BASELINE: "baseline__area_ha",
        VERIFIED_AT: "verified_at",
        AS_OF: "as_of",
        IS_INFERRED: "baseline__is_inferred",
    }
    figures = verified_figures(programmes).order_by(
        "baseline__programme__slug", "baseline__village__code", "year"
    )
    rows = figures.values_list(*columns.values()).iterator(chunk_size=CHUNK)
    return Table(tuple(columns), rows)


def _wide(programmes: Sequence[Programme]) -> Table:
    figures = verified_figures(programmes)
    years = sorted(figures.order_by().values_list("year", flat=True).distinct())
    dated = figures.order_by().filter(as_of__isnull=False).values_list("year", flat=True).distinct()
    dated = sorted(dated)
    columns = (
        PERIOD, IS_SAMPLE, CODE, VILLAGE, KIND, DISTRICT, BASELINE,
        *(
            Column(str(year), NUMBER, _of_year(year, year in dated), "Ha") for year in years
        ),
        IS_INFERRED,
        *(
            Column(f"{year}_per_tanggal", DAY, f"Tanggal keadaan angka {year}; kosong: akhir tahun.")
            for year in dated
        ),
    )  # fmt: skip
    return Table(columns, _wide_rows(programmes, figures, years, dated))


def _of_year(year, is_dated) -> str:
    if is_dated:
        return f"Sisa luas kumuh {year}, terverifikasi; tanggalnya dalam {year}_per_tanggal."
    return f"Sisa luas kumuh pada akhir {year}, terverifikasi."


def _wide_rows(programmes, figures, years, dated) -> Iterator[tuple]:
    """Merge baselines and figures, sorted alike, so that neither is entirely in memory."""
    order = ("programme__slug", "village__code", "pk")
    baselines = Baseline.objects.filter(programme__in=programmes).order_by(*order)
    facts = baselines.values_list(
        "pk", "programme__slug", "programme__is_sample", "village__code", "village__name",
        "village__kind", "village__district__name", "area_ha", "is_inferred",
    )  # fmt: skip
    sorted_figures = figures.order_by(*(f"baseline__{name}" for name in order), "year")
    known = sorted_figures.values_list("baseline", "year", "area_ha", "as_of")
    areas = known.iterator(chunk_size=CHUNK)
    waiting = next(areas, None)
    for pk, *fact, is_inferred in facts.iterator(chunk_size=CHUNK):
        found, days = {}, {}
        while waiting and waiting[0] == pk:
            _, year, found[year], days[year] = waiting
            waiting = next(areas, None)
        yield (
            *fact,
            *(found.get(year) for year in years),
            is_inferred,
            *(days.get(year) for year in dated),
        )


def _villages(programmes: Periods) -> Table:
    columns = {
        CODE: "code",
        VILLAGE: "name",
        KIND: "kind",
        DISTRICT_CODE: "district__code",
        DISTRICT: "district__name",
        Column("lintang", NUMBER, "Lintang titik tengah, WGS 84.", "derajat"): "latitude",
        Column("bujur", NUMBER, "Bujur titik tengah, WGS 84.", "derajat"): "longitude",
    }
    villages = Village.objects.inside(programmes.region).order_by("code")
    return Table(tuple(columns), villages.values_list(*columns.values()).iterator(chunk_size=CHUNK))


def _programmes(programmes) -> Table:
    columns = {
        PERIOD: "slug",
        Column("nama", TEXT, "Nama periode."): "name",
        Column("nomor_sk", TEXT, "Nomor SK kumuh; kosong bila tidak diketahui."): "decree_number",
        Column("tanggal_sk", DAY, "Tanggal SK; kosong bila tidak diketahui."): "decree_date",
        Column("tahun_baseline", YEAR, "Tahun luas kumuh awal."): "baseline_year",
        Column(
            "luas_menurut_sk_ha",
            NUMBER,
            "Luas kumuh menurut SK; kosong bila nomor SK tidak tercatat.",
            "Ha",
        ): "declared_ha",
        Column("tahun_target", YEAR, "Tahun target; kosong bila tidak diketahui."): "target_year",
        Column("target_ha", NUMBER, "Sisa luas kumuh yang ditargetkan.", "Ha"): "target_ha",
        Column("berjalan", YES_NO, "ya bila periode ini yang berjalan."): "is_current",
        IS_SAMPLE: "is_sample",
        Column("sumber", TEXT, "Dari mana angka periode ini."): "source",
        Column(
            "total_tercatat_ha", NUMBER, "Total luas kumuh awal yang tercatat dari sumbernya.", "Ha"
        ): "declared_ha",
        Column(
            "baseline_disimpulkan",
            YES_NO,
            "ya bila luas kumuh awal sebagian atau seluruhnya disimpulkan.",
        ): "has_inferred",
    }
    chosen = Programme.objects.filter(pk__in=[programme.pk for programme in programmes]).annotate(
        has_inferred=Exists(Baseline.objects.filter(programme=OuterRef("pk"), is_inferred=True)),
    )
    names = list(columns.values())
    rows = chosen.order_by("baseline_year", "slug").values_list(*names).iterator()
    places = names.index("declared_ha"), names.index("decree_number")
    return Table(tuple(columns), (_decreed(row, *places) for row in rows))


def _decreed(row: tuple, declared: int, number: int) -> tuple:
    """Blank the declared area without a decree number; not in SQL, to keep two decimals."""
    return row if row[number] else (*row[:declared], None, *row[declared + 1 :])


OWN = (
    Dataset(
        key="angka-tahunan",
        title="Angka tahunan",
        text="Satu baris per periode, desa/kelurahan, dan tahun: sisa luas kumuh terverifikasi. "
        "Tahun tanpa baris (titik tanpa isi pada grafik) memakai angka terakhir sebelumnya.",
        primary_key=("periode", "kode_desa", "tahun"),
        build=_long,
        count=lambda programmes: verified_figures(programmes).count(),
        changes=changes,
    ),
    Dataset(
        key="angka-lebar",
        title="Angka tahunan, satu kolom per tahun",
        text="Satu baris per periode dan desa/kelurahan. Tahun tanpa angka terverifikasi kosong; "
        "grafik memakai angka terakhir sebelumnya dan menggambar titik tanpa isi.",
        primary_key=("periode", "kode_desa"),
        build=_wide,
        count=lambda programmes: Baseline.objects.filter(programme__in=programmes).count(),
        changes=changes,
    ),
    Dataset(
        key="desa",
        title="Desa dan kelurahan",
        text="Semua desa/kelurahan dengan kode Kemendagri, kecamatan, dan titik tengahnya.",
        primary_key=("kode_desa",),
        build=_villages,
        count=lambda programmes: Village.objects.inside(programmes.region).count(),
        changes=changes,
        of_period=False,
    ),
    Dataset(
        key="periode",
        title="Periode (SK kumuh)",
        text="Setiap periode dengan SK atau sumbernya, total yang tercatat, dan targetnya.",
        primary_key=("periode",),
        build=_programmes,
        count=len,
        changes=changes,
    ),
)
