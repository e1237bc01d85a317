"""What must hold between the tables of areas, kept by the database (see `kotaku.integrity.rules`).

Not among them is what a correction may change afterwards, such as the confirmation of a figure above
a baseline that was raised since, or a target outside the corrected years of its period.
"""

from kotaku.integrity.rules import Change, Rule

VILLAGE_OF_FIGURE = """
    JOIN areas_baseline AS baseline ON baseline.id = figure.baseline_id
    JOIN areas_programme AS programme ON programme.id = baseline.programme_id
"""
RT = "JOIN areas_neighbourhood AS rt ON rt.id = {}.neighbourhood_id"

RULES = [
    Rule(
        "district_in_regency",
        """areas_district AS district JOIN kotaku_region AS region ON region.id = district.region_id
        WHERE region.kind IN ('nation', 'province')""",
        "Kecamatan adalah bagian dari sebuah kabupaten atau kota.",
    ),
    Rule(
        "programme_of_regency",
        """areas_programme AS programme
        JOIN kotaku_region AS region ON region.id = programme.region_id
        WHERE region.kind IN ('nation', 'province')""",
        "SK kumuh ditetapkan untuk satu kabupaten atau kota.",
    ),
    Rule(
        "baseline_in_region",
        """areas_baseline AS baseline
        JOIN areas_programme AS programme ON programme.id = baseline.programme_id
        JOIN areas_village AS village ON village.id = baseline.village_id
        JOIN areas_district AS district ON district.id = village.district_id
        WHERE district.region_id <> programme.region_id""",
        "Desa/kelurahan yang mempunyai baseline terletak di kabupaten atau kota periodenya.",
    ),
    Rule(
        "figure_after_baseline",
        f"""areas_yearlyfigure AS figure {VILLAGE_OF_FIGURE}
        WHERE figure.year <= programme.baseline_year""",
        "Tahun isian sesudah tahun baseline periodenya.",
    ),
    Rule(
        "figure_not_ahead",
        """areas_yearlyfigure AS figure WHERE figure.year > YEAR_OF(figure.entered_at)""",
        "Isian suatu tahun tidak diisi sebelum tahun itu.",
    ),
    Rule(
        "assessment_not_ahead",
        """areas_assessment AS assessment
        WHERE assessment.year > YEAR_OF(assessment.entered_at)""",
        "Penilaian suatu tahun tidak diisi sebelum tahun itu.",
    ),
    Rule(
        "basis_of_same_village",
        f"""areas_figurebasis AS basis
        JOIN areas_yearlyfigure AS figure ON figure.id = basis.figure_id {VILLAGE_OF_FIGURE}
        JOIN areas_assessment AS assessment ON assessment.id = basis.assessment_id
        {RT.format("assessment")}
        WHERE rt.village_id <> baseline.village_id OR rt.is_sample <> programme.is_sample
        OR assessment.year > figure.year""",
        "Angka dihitung dari penilaian RT desa/kelurahan itu sendiri, sampai tahun itu; data contoh "
        "tidak dicampur dengan yang sebenarnya.",
    ),
    Rule(
        "improvement_in_village",
        f"""areas_improvement AS improvement
        JOIN areas_activity AS activity ON activity.id = improvement.activity_id
        {RT.format("improvement")}
        WHERE rt.village_id <> activity.village_id OR rt.is_sample <> activity.is_sample""",
        "Kegiatan memperbaiki RT desa/kelurahannya sendiri; data contoh tidak dicampur dengan yang "
        "sebenarnya.",
    ),
    Rule(
        "question_of_village",
        f"""areas_question AS question
        LEFT JOIN areas_yearlyfigure AS figure ON figure.id = question.figure_id
        LEFT JOIN areas_baseline AS baseline ON baseline.id = figure.baseline_id
        LEFT JOIN areas_assessment AS assessment ON assessment.id = question.assessment_id
        LEFT {RT.format("assessment")}
        LEFT JOIN areas_activity AS activity ON activity.id = question.activity_id
        WHERE question.village_id <> coalesce(baseline.village_id, rt.village_id,
        activity.village_id)""",
        "Pertanyaan tercatat pada desa/kelurahan yang datanya ditanyakan.",
    ),
]

# What an entry of the village is, as in `Baseline.check_open`; Bappeda may still decide.
ENTERED = """
    NEW.status IN ('draft', 'submitted') AND NEW.status <> OLD.status
    OR NEW.status <> 'verified' AND coalesce(NEW.area_ha, -1) <> coalesce(OLD.area_ha, -1)
"""
CLOSED = """EXISTS (SELECT 1 FROM areas_baseline AS baseline
    JOIN areas_programme AS programme ON programme.id = baseline.programme_id
    WHERE baseline.id = NEW.baseline_id AND programme.is_closed)"""
IS_CLOSED = "Periode yang ditutup tidak menerima isian lagi."
# Growth that no village has confirmed; later its baseline may change.
UNCONFIRMED = """NEW.status = 'submitted' AND NOT (NEW.is_confirmed AND NEW.reason <> '') AND
    NEW.area_ha > (SELECT baseline.area_ha FROM areas_baseline AS baseline
    WHERE baseline.id = NEW.baseline_id)"""
IS_UNCONFIRMED = "Luas di atas baseline diajukan dengan konfirmasi dan alasan."
ELSEWHERE = """EXISTS (SELECT 1 FROM areas_programme AS programme
    JOIN areas_village AS village ON village.id = NEW.village_id
    JOIN areas_district AS district ON district.id = village.district_id
    WHERE programme.id = NEW.programme_id AND district.region_id <> programme.region_id)"""


def _by_another_person(name: str, events: str, record: str, key: str) -> Change:
    """Return the four-eyes rule of a history: later the record may have been entered anew."""
    own = f"""NEW.kind IN ('verified', 'returned', 'corrected', 'reopened') AND EXISTS (
        SELECT 1 FROM {record} AS record WHERE record.id = NEW.{key}
        AND NEW.actor_id IN (record.entered_by_id, record.submitted_by_id))"""
    sentence = "Pemeriksaan harus dilakukan oleh orang lain daripada yang mengisi."
    return Change(name, events, "INSERT", own, sentence)


CHANGES = [
    Change("figure_in_open_period", "areas_yearlyfigure", "INSERT", CLOSED, IS_CLOSED),
    Change(
        "entry_in_open_period",
        "areas_yearlyfigure",
        "UPDATE OF status, area_ha",
        f"({ENTERED}) AND {CLOSED}",
        IS_CLOSED,
    ),
    Change(
        "growth_entered_confirmed",
        "areas_yearlyfigure",
        "INSERT",
        UNCONFIRMED,
        IS_UNCONFIRMED,
    ),
    Change(
        "growth_submitted_confirmed",
        "areas_yearlyfigure",
        "UPDATE OF status, area_ha, is_confirmed, reason",
        UNCONFIRMED,
        IS_UNCONFIRMED,
    ),
    Change(
        "import_changed_once",
        "areas_importrun",
        "UPDATE OF kind, programme_id, sha256, state, applied_by_id, applied_at, as_verified, reason",
        "OLD.state <> 'previewed'",
        "Impor yang sudah diterapkan atau dibatalkan tidak berubah lagi.",
    ),
    Change(
        "import_applied_kept",
        "areas_importrun",
        "DELETE",
        "OLD.state = 'applied'",
        "Impor yang sudah diterapkan tidak dihapus.",
    ),
    _by_another_person(
        "figure_event_four_eyes", "areas_figureevent", "areas_yearlyfigure", "figure_id"
    ),
    _by_another_person(
        "assessment_event_four_eyes", "areas_assessmentevent", "areas_assessment", "assessment_id"
    ),
    *(
        Change(
            name,
            table,
            "INSERT",
            ELSEWHERE,
            "Desa/kelurahan terletak di kabupaten atau kota periodenya.",
        )
        for name, table in (
            ("baseline_event_in_region", "areas_baselineevent"),
            ("reminder_in_region", "areas_figurereminder"),
        )
    ),
]
