"""The states of figures and assessments, and the tables of allowed changes."""

from dataclasses import replace

from kotaku.workflow.states import Actor, Button, Look, Reason, States, Tick, Tone, Transition


class Status(States):
    """The state of a figure or an assessment."""

    DRAFT = "draft", Look(said="diisi oleh", path=("now", "ahead", "ahead", "ahead")), "Draf"
    SUBMITTED = (
        "submitted",
        Look(
            Tone.WAIT,
            said="oleh",
            owner="Sudah diajukan. Menunggu pemeriksaan Bappeda; Anda tidak perlu melakukan apa pun.",
            path=("done", "done", "now", "ahead"),
        ),
        "Diajukan",
    )
    RETURNED = (
        "returned",
        Look(
            Tone.BAD,
            said="oleh",
            owner_title="Dikembalikan — perlu diperbaiki",
            reviewer_title="Menunggu perbaikan desa/kelurahan",
            path=("problem", "ahead", "ahead", "ahead"),
        ),
        "Dikembalikan",
    )
    VERIFIED = (
        "verified",
        Look(
            Tone.GOOD,
            said="oleh",
            owner="{called} ini sudah diverifikasi dan masuk hitungan resmi. Bila keliru, hubungi "
            "Bappeda untuk koreksi.",
            path=("done", "done", "done", "done"),
        ),
        "Terverifikasi",
    )


# The states in official totals, and in provisional totals for staff.
OFFICIAL = (Status.VERIFIED,)
PROVISIONAL = (Status.VERIFIED, Status.SUBMITTED)

TO_THE_VILLAGE = Reason(
    label="Alasan pengembalian",
    missing="Tulis alasan pengembalian, supaya jelas apa yang harus diperbaiki.",
    help_text="Dibaca oleh petugas desa/kelurahan. Tulis apa yang harus diperbaiki.",
    rows=4,
)

# verb (name of an action) -> its transition
TRANSITIONS = {
    "enter": Transition(
        {Status.DRAFT: Status.DRAFT, Status.RETURNED: Status.RETURNED},
        kind="entered",
        label="Mengisi",
        by=Actor.OWNER,
    ),
    "submit": Transition(
        {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
        kind="submitted",
        label="Mengajukan",
        tone=Tone.WAIT,
        by=Actor.OWNER,
        signs="submitted",
        clears=("returned",),
    ),
    "withdraw": Transition(
        {Status.SUBMITTED: Status.DRAFT},
        kind="withdrawn",
        label="Menarik kembali",
        by=Actor.OWNER,
        clears=("submitted",),
        button=Button(
            path="penarikan",
            name="withdrawal",
            title="Ada yang ingin Anda ubah?",
            text="{called} ini dapat ditarik kembali menjadi draf selama Bappeda belum memutuskan. "
            "Isi dan bukti yang tersimpan tetap ada.",
            label="Tarik kembali",
            done="{row}: ditarik kembali menjadi draf. Perbaiki, lalu ajukan lagi.",
        ),
    ),
    "verify": Transition(
        {Status.SUBMITTED: Status.VERIFIED},
        kind="verified",
        label="Memverifikasi",
        tone=Tone.GOOD,
        by=Actor.REVIEWER,
        signs="verified",
        button=Button(
            path="verifikasi",
            name="verification",
            title="{called}nya benar",
            text="{result} menjadi angka resmi {year} dan tampil untuk umum.",
            label="Verifikasi",
            tick=Tick(
                label="Saya sudah memeriksa tanda di atas: {marks}",
                missing="Periksa dahulu tanda pada angka ini, lalu centang.",
            ),
            done="{row}: terverifikasi.",
            is_main=True,
        ),
    ),
    "return": Transition(
        {Status.SUBMITTED: Status.RETURNED},
        kind="returned",
        label="Mengembalikan",
        tone=Tone.BAD,
        by=Actor.REVIEWER,
        signs="returned",
        asks="Tulis alasan pengembalian.",
        button=Button(
            path="pengembalian",
            name="return",
            title="Ada yang perlu diperbaiki",
            reason=TO_THE_VILLAGE,
            label="Kembalikan",
            done="{row}: dikembalikan ke desa/kelurahan.",
        ),
    ),
    "correct": Transition(
        {Status.VERIFIED: Status.VERIFIED},
        kind="corrected",
        label="Mengoreksi",
        tone=Tone.WAIT,
        by=Actor.REVIEWER,
        asks="Tulis alasan koreksi.",
    ),
    # An imported figure is submitted at once, and may replace a village's draft.
    "import": Transition(
        {Status.DRAFT: Status.SUBMITTED, Status.RETURNED: Status.SUBMITTED},
        kind="imported",
        label="Mengimpor",
        signs="submitted",
        clears=("returned",),
    ),
}


def _of_assessments():
    """Return the transitions of assessments: a wrong verified one returns to its village."""
    verbs = {verb: each for verb, each in TRANSITIONS.items() if verb != "correct"}
    submit = Button(
        path="pengajuan",
        name="submission",
        label="Ajukan untuk verifikasi",
        done="Penilaian diajukan. Bappeda akan memeriksanya.",
        is_main=True,
    )
    verbs["submit"] = replace(verbs["submit"], button=submit)
    given_back = replace(verbs["return"].button, done="{row}: dikembalikan.")
    verbs["return"] = replace(verbs["return"], button=given_back)
    text = "{result} dihitung kumuh. Hasilnya tampil untuk umum."
    verbs["verify"] = replace(verbs["verify"], button=replace(verbs["verify"].button, text=text))
    verbs["reopen"] = Transition(
        {Status.VERIFIED: Status.RETURNED},
        kind="reopened",
        label="Membuka kembali",
        tone=Tone.BAD,
        by=Actor.REVIEWER,
        signs="returned",
        clears=("verified",),
        asks="Tulis alasan membuka kembali penilaian ini.",
        button=Button(
            path="pembukaan",
            name="reopening",
            title="Penilaian ini ternyata salah",
            text="Penilaian kembali ke desa/kelurahan untuk diperbaiki; angkanya tetap ada di "
            "riwayat.",
            reason=TO_THE_VILLAGE,
            label="Buka kembali",
            done="{row}: dibuka kembali.",
            is_folded=True,
        ),
    )
    return verbs


ASSESSMENT_TRANSITIONS = _of_assessments()
EDITABLE = tuple(TRANSITIONS["enter"].moves)
