"""What this app contributes to the admin's start page: villages, periods, figures, officers."""

from django.db.models import Count, Q, Sum
from django.urls import reverse

from areas.models import Assessment, Baseline, ImportRun, Programme, Status, Village, YearlyFigure
from areas.rules.comparing import missing_text
from areas.totals.series import programme_series
from kotaku.contributions import AdminLists, Finding, SetupStep, Waiting
from kotaku.formats import format_count, format_hectares_unit
from kotaku.interface.moments import day_text
from kotaku.models import Region
from kotaku.regions.home import home_region, working_region

VILLAGES, PERIOD, OFFICERS = 20, 30, 50
NAMED = 4
# Of more periods than these, a province's, only those of one city can be looked at in detail.
PERIODS = 10


def waits(user) -> list[Waiting]:
    """Return the figures and assessments that wait for a decision, with the oldest."""
    lines = []
    figures = YearlyFigure.objects.filter(
        user.within(YearlyFigure.region_path), status=Status.SUBMITTED
    )
    if count := figures.count():
        oldest = figures.select_related("baseline__village").earliest("submitted_at", "pk")
        since = day_text(oldest.submitted_at)
        detail = f"terlama: {oldest.baseline.village} {oldest.year}, sejak {since}"
        url = reverse("areas:review-queue")
        lines.append(Waiting(count, "isian menunggu verifikasi", url, detail))
    assessments = Assessment.objects.filter(
        user.within(Assessment.region_path), status=Status.SUBMITTED
    )
    if count := assessments.count():
        oldest = assessments.select_related("neighbourhood__village").earliest("submitted_at", "pk")
        url = reverse("areas:assessment-overview", query={"tahun": oldest.year})
        text = f"terlama: {oldest.neighbourhood}, {oldest.year}"
        lines.append(Waiting(count, "penilaian RT menunggu verifikasi", url, text))
    return lines


def samples(user) -> list[bool]:
    """Return whether a period of this user's region is sample data; its rows are shown and counted."""
    return [Programme.objects.of(user).filter(is_sample=True).exists()]


def findings(user) -> list[Finding]:
    """Return what is odd about regions and running periods."""
    found = list(_home_elsewhere())
    running = Programme.objects.of(user).filter(is_current=True).select_related("region")
    programmes = list(running[: PERIODS + 1])
    if len(programmes) > PERIODS:
        return found
    for programme in programmes:
        place = f" {programme.region}" if len(programmes) > 1 else ""
        found += [*_baselines(programme, place), *_officers(programme, place)]
        found += _missing(programme, place)
    return found


def _home_elsewhere():
    """All villages belong to other regions: HOME_REGION names the wrong one."""
    home = home_region()
    if home is None or not Village.objects.exists() or Village.objects.inside(home).exists():
        return
    others = Region.objects.filter(districts__villages__isnull=False).distinct()
    names = ", ".join(f"{each} ({each.code})" for each in others[:NAMED])
    yield Finding(
        f"Tidak ada desa/kelurahan di {home}",
        f"HOME_REGION di pengaturan server berisi {home.code}; semua desa/kelurahan ada di {names}.",
        (("Buka daftar wilayah", reverse("admin:kotaku_region_changelist")),),
        is_bad=True,
    )


def _baselines(programme, place):
    sums = programme.baselines.aggregate(area=Sum("area_ha"), villages=Count("pk"))
    if not sums["villages"] or programme.declared_ha is None:
        return
    parts = f"{sums['villages']} desa/kelurahan = {format_hectares_unit(sums['area'])}"
    difference = sums["area"] - programme.declared_ha
    if not difference:
        detail = f"{parts} ({programme.name})"
        yield Finding(f"Jumlah baseline{place} cocok", detail, is_good=True)
        return
    declared = format_hectares_unit(programme.declared_ha)
    url = reverse("admin:areas_programme_change", args=[programme.pk])
    yield Finding(
        f"Baseline{place} berselisih {format_hectares_unit(abs(difference))}",
        f"{parts}, yang tercatat {declared} ({programme.name})",
        (("Periksa periode", url),),
    )


def without_officer(programme):
    """Return the baselines of a period whose village has no active officer."""
    active = Count("village__officers", filter=Q(village__officers__is_active=True))
    counted = Baseline.objects.filter(programme=programme).annotate(active=active)
    return counted.filter(active=0).select_related("village").order_by("village__name")


def _officers(programme, place):
    if programme.is_closed:
        return
    alone = list(without_officer(programme))
    if not alone:
        return
    names = ", ".join(str(each.village) for each in alone[:NAMED])
    more = f" dan {len(alone) - NAMED} lainnya" if len(alone) > NAMED else ""
    url = reverse("admin:kotaku_user_villages", query={"periode": programme.pk})
    title = f"{len(alone)} desa/kelurahan{place} tanpa petugas aktif"
    links = (("Buat akun petugas", url), ("Lihat akun", reverse("admin:kotaku_user_changelist")))
    yield Finding(title, f"{names}{more}; isiannya tidak dapat diajukan", links)


def _missing(programme, place):
    series = programme_series(programme)
    years = programme.missing_years(series) if series.villages else []
    if text := missing_text(years):
        url = reverse("areas:review-queue", query={"periode": programme.slug})
        yield Finding(
            text.removesuffix(".") + place,
            f"batas isiannya sudah lewat ({programme.name})",
            (
                ("Lihat kelengkapan isian", url),
                ("Tutup periode", reverse("admin:areas_programme_change", args=[programme.pk])),
            ),
            is_bad=True,
        )


def setup_steps(user) -> list[SetupStep]:
    """Return the steps about villages, the running period and the officers' accounts."""
    region = working_region(user)
    villages = Village.objects.inside(region).count()
    programme = Programme.objects.running(region).first() if region else None
    return [_villages_step(villages), _period_step(programme), _officers_step(programme)]


def _villages_step(count):
    return SetupStep(
        VILLAGES,
        f"Kecamatan dan {format_count(count)} desa/kelurahan" if count else "Desa/kelurahan",
        "Nama dan kode Kemendagri dari berkas Excel; kecamatannya ikut dibuat.",
        count > 0,
        "Impor desa/kelurahan",
        reverse("admin:areas_village_load"),
    )


def _period_step(programme):
    purpose = "Luas awal setiap desa/kelurahan menurut SK kumuh; kemajuan dihitung darinya."
    if programme is None:
        url = reverse("admin:areas_programme_add")
        return SetupStep(PERIOD, "Periode dan baseline", purpose, False, "Buat periode", url)
    area_ha = programme.baselines.aggregate(area=Sum("area_ha"))["area"]
    if area_ha is None:
        url = reverse("areas:import-start", query={"jenis": ImportRun.Kind.BASELINES})
        return SetupStep(PERIOD, "Baseline", purpose, False, "Impor baseline", url)
    title = f"Periode dan baseline {format_hectares_unit(area_ha)}"
    return SetupStep(PERIOD, title, purpose, True, "", "")


def _officers_step(programme):
    purpose = "Kepala desa, lurah, atau operator mengisi luas kumuh dengan akun desanya."
    url = reverse("admin:kotaku_user_villages")
    if programme is None or not (total := programme.baselines.count()):
        title = "Akun desa/kelurahan"
        return SetupStep(OFFICERS, title, purpose, False, "Buat akun petugas", url)
    ready = total - without_officer(programme).count()
    title = f"Akun {total} desa/kelurahan"
    if ready < total:
        purpose = f"{ready} dari {total} sudah. {purpose}"
    return SetupStep(OFFICERS, title, purpose, ready == total, "Buat akun petugas", url)


def lists() -> list[AdminLists]:
    """Return the lists about places, figures and work."""
    load = reverse("areas:import-start")
    return [
        AdminLists("Wilayah", ("areas.District", "areas.Village", "areas.Boundary")),
        AdminLists(
            "Periode dan angka",
            ("areas.Programme", "areas.YearlyFigure", "areas.ImportRun"),
            (("Impor Excel", load),),
        ),
        AdminLists(
            "Penilaian dan rencana",
            ("areas.Neighbourhood", "areas.Assessment", "areas.Activity", "areas.CommunityBoard"),
        ),
    ]
