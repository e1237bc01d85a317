"""The recap as a sheet: one row per meeting, so that every sum can be made again from it."""

from kotaku.spreadsheets.tables import DAY, NUMBER, TEXT, YES_NO, Column, Table
from meetings.detail.labels import place_text
from meetings.models.person import Unsur
from meetings.recap.counting import TASK_STATES, Recap

# How the columns call the groups.
ENGLISH = {
    Unsur.OPD: "perangkat_daerah",
    Unsur.PRIVATE: "swasta",
    Unsur.ACADEMIA: "perguruan_tinggi",
    Unsur.OTHER: "lainnya",
}
GROUPS = {unsur: ENGLISH.get(unsur, unsur.value) for unsur in Unsur}
INVITED = (
    "Diundang atau hadir; kosong bila rapatnya batal, belum mulai, atau hanya mencatat jabatan"
)
COLUMNS = [
    Column("tanggal", DAY, "Tanggal rapat, atau hari pertamanya"),
    Column("sampai_tanggal", DAY, "Hari terakhir rapat"),
    Column("rapat", TEXT, "Nama rapat"),
    Column("jenis", TEXT, "Jenis rapat"),
    Column("keadaan", TEXT, "Terjadwal, selesai, atau batal"),
    Column("tempat", TEXT, "Tempat rapat"),
    Column("peserta", NUMBER, INVITED, "orang"),
    Column("hadir", NUMBER, "Yang hadir", "orang"),
    Column("hadir_laki_laki", NUMBER, "Yang hadir, laki-laki", "orang"),
    Column("hadir_perempuan", NUMBER, "Yang hadir, perempuan", "orang"),
    *(Column(f"hadir_{name}", NUMBER, f"Yang hadir dari unsur {unsur.label}", "orang")
      for unsur, name in GROUPS.items()),
    Column("notulen_disahkan", YES_NO, "Apakah notulennya sudah disahkan"),
    Column("keputusan", NUMBER, "Jumlah keputusan"),
    Column("tindak_lanjut", NUMBER, "Jumlah tindak lanjut"),
    *(Column(f"tindak_lanjut_{state.lower().replace(' ', '_')}", NUMBER, f"Tindak lanjut: {state.lower()}")
      for state in TASK_STATES),
    Column("data_contoh", YES_NO, "Apakah rapatnya dikarang untuk mencoba aplikasi"),
]  # fmt: skip


def table(recap: Recap) -> Table:
    """Return the meetings of a recap."""
    return Table(COLUMNS, (_cells(row, recap.is_sample) for row in recap.rows))


def _cells(row, is_sample) -> list:
    meeting, known = row.meeting, row.has_begun and row.are_people_known
    people = [
        row.invited.total(),
        row.present.total(),
        row.sexes["L"],
        row.sexes["P"],
        *(row.present[unsur] for unsur in GROUPS),
    ]
    return [
        meeting.day,
        meeting.last_day,
        meeting.title,
        meeting.get_kind_display(),
        meeting.get_state_display(),
        place_text(meeting),
        *(number if known else None for number in people),
        row.are_minutes_approved,
        row.decisions,
        row.tasks.total(),
        *(row.tasks[state] for state in TASK_STATES),
        is_sample,
    ]
