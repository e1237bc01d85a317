"""The states of meetings, minutes, follow-ups and reports, and the tables of allowed changes."""

from kotaku.workflow.states import Actor, Button, Look, Reason, States, Tone, Transition


class MeetingState(States):
    """The state of a meeting."""

    DRAFT = "draft", "Draf"
    SCHEDULED = "scheduled", Look(Tone.WAIT), "Terjadwal"
    DONE = "done", Look(Tone.GOOD), "Selesai"
    CANCELLED = "cancelled", Look(Tone.NONE), "Batal"
    # A draft that was a mistake: on no page and in no sum; an admin can restore it.
    DISCARDED = "discarded", Look(Tone.NONE), "Dibuang"


MEETING_OPEN = (MeetingState.DRAFT, MeetingState.SCHEDULED)
# action -> its transition
MEETING_TRANSITIONS = {
    "schedule": Transition(
        {MeetingState.DRAFT: MeetingState.SCHEDULED},
        kind="schedule",
        label="Rapat: menjadwalkan",
        by=Actor.OWNER,
        button=Button(
            path="penjadwalan",
            name="scheduling",
            done="Rapat terjadwal. Undangan sekarang dapat dikirim.",
        ),
    ),
    "finish": Transition(
        dict.fromkeys(MEETING_OPEN, MeetingState.DONE),
        kind="finish",
        label="Rapat: menandai selesai",
        by=Actor.OWNER,
        button=Button(path="penyelesaian", name="completion", done="Rapat ditandai selesai."),
    ),
    "cancel": Transition(
        dict.fromkeys(MEETING_OPEN, MeetingState.CANCELLED),
        kind="cancel",
        label="Rapat: membatalkan",
        by=Actor.OWNER,
        asks="Tulis alasan pembatalan.",
        button=Button(
            path="pembatalan",
            name="cancellation",
            reason=Reason(),
            done="Rapat dibatalkan. Kirim pemberitahuan kepada yang sudah diundang.",
        ),
    ),
    "reopen": Transition(
        dict.fromkeys((MeetingState.DONE, MeetingState.CANCELLED), MeetingState.SCHEDULED),
        kind="reopen",
        label="Rapat: membuka kembali",
        by=Actor.OWNER,
        button=Button(path="pembukaan", name="reopening", done="Rapat terjadwal lagi."),
    ),
    "discard": Transition(
        {MeetingState.DRAFT: MeetingState.DISCARDED},
        kind="discard",
        label="Rapat: membuang draf",
        by=Actor.OWNER,
        button=Button(
            path="pembuangan",
            name="discarding",
            done="Draf rapat “{row}” dibuang. Admin dapat memulihkannya.",
        ),
    ),
    # In the admin.
    "restore": Transition(
        {MeetingState.DISCARDED: MeetingState.DRAFT},
        kind="restore",
        label="Rapat: memulihkan draf",
    ),
}


class MinutesState(States):
    """The state of a meeting's minutes."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", Look(Tone.WAIT), "Diajukan"
    RETURNED = "returned", Look(Tone.BAD), "Dikembalikan"
    APPROVED = "approved", Look(Tone.GOOD), "Disahkan"
    # For a meeting known only from the news; the row only serves to lock its points of discussion.
    NONE = "none", "Tidak ada notulen"


MINUTES_OPEN = (MinutesState.DRAFT, MinutesState.RETURNED)
MINUTES_EDITABLE = (*MINUTES_OPEN, MinutesState.NONE)
# action -> its transition; writing is no event
MINUTES_TRANSITIONS = {
    "write": Transition({state: state for state in MINUTES_EDITABLE}),
    "submit": Transition(
        dict.fromkeys(MINUTES_OPEN, MinutesState.SUBMITTED),
        kind="submit",
        label="Notulen: mengajukan",
        by=Actor.OWNER,
        button=Button(
            path="pengajuan",
            name="submission",
            done="Notulen diajukan. Sekarang menunggu pengesahan {row.decider_text}.",
        ),
    ),
    "withdraw": Transition(
        {MinutesState.SUBMITTED: MinutesState.DRAFT},
        kind="withdraw",
        label="Notulen: menarik kembali",
        by=Actor.OWNER,
        button=Button(
            path="penarikan",
            name="withdrawal",
            done="Notulen ditarik kembali menjadi draf. Perbaiki, lalu ajukan lagi.",
        ),
    ),
    "approve": Transition(
        {MinutesState.SUBMITTED: MinutesState.APPROVED},
        kind="approve",
        label="Notulen: mengesahkan",
        by=Actor.REVIEWER,
        button=Button(path="pengesahan", name="approval", done="Notulen disahkan."),
    ),
    "return": Transition(
        {MinutesState.SUBMITTED: MinutesState.RETURNED},
        kind="return",
        label="Notulen: mengembalikan",
        by=Actor.REVIEWER,
        asks="Tulis alasan pengembalian.",
        button=Button(
            path="pengembalian",
            name="return",
            reason=Reason(),
            done="Notulen dikembalikan kepada notulis.",
        ),
    ),
}


class FollowUpState(States):
    """The progress of a follow-up; overdue is derived, never stored."""

    NOT_STARTED = "not_started", Look(Tone.NONE), "Belum mulai"
    RUNNING = "running", "Berjalan"
    DONE = "done", Look(Tone.GOOD), "Selesai"
    CANCELLED = "cancelled", Look(Tone.NONE), "Batal"


FOLLOW_UP_OPEN = (FollowUpState.NOT_STARTED, FollowUpState.RUNNING)
NO_TEXT = "Tulis keterangannya."
DONE_SO_FAR = Reason(
    "Apa yang sudah dikerjakan?", "Tulis apa yang sudah dikerjakan.", name="text", longest=2000
)
WHY = Reason(missing="Tulis alasannya; penanggung jawab membacanya.", longest=2000)
# action -> its transition
FOLLOW_UP_TRANSITIONS = {
    "report": Transition(
        dict.fromkeys(FOLLOW_UP_OPEN, FollowUpState.RUNNING),
        kind="report",
        label="melaporkan kemajuan",
        by=Actor.OWNER,
        asks=NO_TEXT,
        button=Button("kemajuan", "progress", done="Kemajuan tercatat.", reason=DONE_SO_FAR),
    ),
    "finish": Transition(
        dict.fromkeys(FOLLOW_UP_OPEN, FollowUpState.DONE),
        kind="finish",
        label="melaporkan selesai",
        tone=Tone.WAIT,
        by=Actor.OWNER,
        asks=NO_TEXT,
        button=Button(
            "penyelesaian",
            "completion",
            done="Tercatat selesai. Bappeda akan mengonfirmasi.",
            reason=DONE_SO_FAR,
        ),
    ),
    "confirm": Transition(
        {FollowUpState.DONE: FollowUpState.DONE},
        kind="confirm",
        label="mengonfirmasi",
        tone=Tone.GOOD,
        by=Actor.REVIEWER,
        button=Button("konfirmasi", "confirmation", done="Penyelesaian dikonfirmasi."),
    ),
    "reopen": Transition(
        dict.fromkeys((FollowUpState.DONE, FollowUpState.CANCELLED), FollowUpState.RUNNING),
        kind="reopen",
        label="membuka kembali",
        tone=Tone.BAD,
        by=Actor.REVIEWER,
        asks=NO_TEXT,
        button=Button("pembukaan", "reopening", done="Tindak lanjut dibuka kembali.", reason=WHY),
    ),
    "cancel": Transition(
        dict.fromkeys(FOLLOW_UP_OPEN, FollowUpState.CANCELLED),
        kind="cancel",
        label="membatalkan",
        tone=Tone.BAD,
        by=Actor.REVIEWER,
        asks=NO_TEXT,
        button=Button("pembatalan", "cancellation", done="Tindak lanjut dibatalkan.", reason=WHY),
    ),
    # With its decision, from a cancelled meeting to another one.
    "relocate": Transition(
        {state: state for state in FollowUpState},
        kind="relocate",
        label="memindahkan ke rapat lain",
        asks="Tulis alasan pemindahannya.",
    ),
    # Owner, account, village or due date, after the minutes are approved.
    "reassign": Transition(
        {state: state for state in FOLLOW_UP_OPEN},
        kind="reassign",
        label="mengubah penugasan",
        asks="Tulis alasan perubahannya.",
    ),
}


class ArticleState(States):
    """Whether a report is public."""

    DRAFT = "draft", "Draf"
    PUBLISHED = "published", "Terbit"
    WITHDRAWN = "withdrawn", "Ditarik"
    # A draft that was a mistake: on no page; an admin can restore it.
    DISCARDED = "discarded", "Dibuang"


# action -> its transition
ARTICLE_TRANSITIONS = {
    "publish": Transition(
        dict.fromkeys((ArticleState.DRAFT, ArticleState.WITHDRAWN), ArticleState.PUBLISHED),
        kind="publish",
        label="Berita: menerbitkan",
    ),
    "withdraw": Transition(
        {ArticleState.PUBLISHED: ArticleState.WITHDRAWN}, kind="withdraw", label="Berita: menarik"
    ),
    "discard": Transition(
        {ArticleState.DRAFT: ArticleState.DISCARDED}, kind="discard", label="Berita: membuang draf"
    ),
    # In the admin.
    "restore": Transition(
        {ArticleState.DISCARDED: ArticleState.DRAFT},
        kind="restore",
        label="Berita: memulihkan draf",
    ),
}
