"""The villages whose figure of a year was not handed in, and how to reach them."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from areas.figures.to_do import entry_url
from areas.models import Baseline, FigureReminder, Programme, Status, YearlyFigure
from areas.rules.comparing import years_listed
from kotaku.caching.remembered import remembered
from kotaku.contributions import WorkItem
from kotaku.formats import format_date
from kotaku.interface.moments import moment_text
from kotaku.models import User
from kotaku.phones import international, phone_url, whatsapp_url
from kotaku.requests.site_address import site_address
from kotaku.workflow.states import Tone

HANDED_IN = (Status.SUBMITTED, Status.VERIFIED)
MISSING = "missing"
STATES = {
    MISSING: "Belum diisi",
    Status.DRAFT: "Draf, belum diajukan",
    Status.RETURNED: "Dikembalikan, belum diajukan lagi",
}
# WhatsApp is on mobile phones, whose numbers begin with 08 in Indonesia.
MOBILE = "628"
OPTIONS_YEARS = 12
# With more different numbers only the smallest and the largest are said.
MANY_NUMBERS = 3


@dataclass(frozen=True)
class Contact:
    """A person who enters figures for a village; the links are "" where nothing leads there."""

    name: str
    position: str
    phone: str
    phone_url: str
    whatsapp_url: str
    email: str


@dataclass(frozen=True)
class UnreportedRow:
    """A village without a submitted figure: state, contacts, what is missing, last reminder."""

    baseline: Baseline
    status: str
    tone: str
    status_label: str
    contacts: list[Contact]
    problem: str
    reminded: str
    is_reminded_today: bool

    @property
    def addresses(self) -> list[str]:
        """The mail addresses of its people."""
        return [contact.email for contact in self.contacts if contact.email]

    @property
    def can_be_reminded(self) -> bool:
        """Whether a reminder can be mailed now."""
        return bool(self.addresses) and not self.is_reminded_today

    @property
    def people_text(self) -> str:
        """Names, positions and phone numbers, for the spreadsheet."""
        return "; ".join(
            ", ".join(part for part in (each.name, each.position) if part) for each in self.contacts
        )

    @property
    def phones_text(self) -> str:
        """The phone numbers, for the spreadsheet."""
        return "; ".join(each.phone for each in self.contacts if each.phone)

    @property
    def emails_text(self) -> str:
        """The mail addresses, for the spreadsheet."""
        return "; ".join(self.addresses)


def choosable_years(programme: Programme) -> list[int]:
    """Return the years that the page can show, the newest first."""
    return list(programme.entry_years)[-OPTIONS_YEARS:][::-1]


def unreported(programme: Programme, year: int):
    """Return the baselines of the villages that have not submitted this year's figure."""
    handed_in = YearlyFigure.objects.filter(year=year, status__in=HANDED_IN)
    return programme.baselines.exclude(figures__in=handed_in)


def rows(programme: Programme, year: int, *, code: str = "") -> list[UnreportedRow]:
    """Return the villages without a figure of this year, by name; only this village with `code`."""
    return _rows(programme, year, code, timezone.localdate(), site_address())


@remembered(most=50)
def _rows(programme, year, code, today, address) -> list[UnreportedRow]:
    figures = YearlyFigure.objects.filter(year=year)
    officers = User.objects.filter(is_active=True).order_by("username")
    found = unreported(programme, year).filter(Q(village__code=code) if code else Q())
    loaded = found.select_related("village__district", "programme__region").prefetch_related(
        Prefetch("figures", queryset=figures, to_attr="of_year"),
        Prefetch("village__officers", queryset=officers, to_attr="people"),
    )
    reminders = FigureReminder.objects.filter(programme=programme, year=year)
    last = {each.village_id: each for each in reminders.select_related("actor").order_by("at")}
    return [
        _row(baseline, year, last.get(baseline.village_id), today, address)
        for baseline in loaded.order_by("village__name", "village__code")
    ]


def _row(baseline, year, reminder, today, address) -> UnreportedRow:
    figure = baseline.of_year[0] if baseline.of_year else None
    status = figure.status if figure else MISSING
    people = baseline.village.people
    text = message(baseline, year, status, today, address) if people else ""
    contacts = [_contact(person, text) for person in people]
    return UnreportedRow(
        baseline=baseline,
        status=status,
        tone=(figure.tone if figure else Tone.NONE.value),
        status_label=STATES[status],
        contacts=contacts,
        problem=_problem(contacts),
        reminded=f"{reminder.actor}, {moment_text(reminder.at)}" if reminder else "",
        is_reminded_today=bool(reminder and reminder.day == today),
    )


def _contact(person, text) -> Contact:
    is_mobile = international(person.phone).startswith(MOBILE)
    return Contact(
        name=str(person),
        position=person.position,
        phone=person.phone,
        phone_url=phone_url(person.phone),
        whatsapp_url=whatsapp_url(person.phone, text) if is_mobile else "",
        email=person.email,
    )


def _problem(contacts) -> str:
    """Return what keeps the village from being reminded, and what to do; "" if nothing does."""
    if not contacts:
        return "Belum ada akun petugas. Minta admin membuatnya."
    if not any(each.email for each in contacts):
        phones = any(each.phone for each in contacts)
        way = "hubungi lewat telepon atau WhatsApp" if phones else "nomor HP juga belum ada"
        return f"Belum ada alamat email; {way}."
    return ""


def message(baseline, year: int, status: str, today, address: str) -> str:
    """Return the text of a reminder for WhatsApp, with the link to the village's form.

    `address` is the site's.
    """
    programme = baseline.programme
    due = programme.due_date(year)
    what = {
        MISSING: "belum diisi",
        Status.DRAFT: "masih draf dan belum diajukan",
        Status.RETURNED: "perlu diperbaiki dan diajukan lagi",
    }[status]
    late = "sudah lewat batas" if due < today else "paling lambat"
    sample = "(Data contoh) " if programme.is_sample else ""
    return (
        f"{sample}Yth. petugas {baseline.village.full_name}, luas kumuh tahun {year} {what} di "
        f"{settings.SITE_NAME} ({late} {format_date(due)}). Isi dan ajukan di sini: "
        f"{address}{entry_url(baseline, year)} Terima kasih. Bappeda "
        f"{programme.region.full_name}"
    ).replace("\u00a0", " ")


def counts_text(found: list[UnreportedRow]) -> str:
    """Return how many villages are in which state: `5 belum diisi, 1 dikembalikan, …`."""
    numbers = {status: sum(row.status == status for row in found) for status in STATES}
    return "; ".join(
        f"{number} {STATES[status].lower()}" for status, number in numbers.items() if number
    )


def unreported_work(user) -> list[WorkItem]:
    """Return Bappeda's tasks to remind the villages that have not handed in, if there are any.

    What was not handed in stays a task after its due date, until the period is closed.
    """
    programme = Programme.objects.of(user).current() if user.is_bappeda else None
    if programme is None or programme.is_closed:
        return []
    today = timezone.localdate()
    year, overdue = programme.due_year(today), programme.overdue_years(today)
    lines, missing = [], _missing_by_year(programme)
    if year and missing[year]:
        words = f"{missing[year]} desa/kelurahan belum melapor tahun {year}"
        lines.append(WorkItem(words, _page(programme, year)))
    if late := {each: missing[each] for each in overdue if missing[each]}:
        lines.append(WorkItem(late_text(late), _page(programme, max(late))))
    return lines


def _missing_by_year(programme) -> dict[int, int]:
    """Return the years to enter, each with the number of villages that have not submitted it."""
    handed_in = YearlyFigure.objects.filter(
        baseline__programme=programme, status__in=HANDED_IN
    ).order_by()
    numbers = dict(handed_in.values_list("year").annotate(Count("pk")))
    villages = programme.baselines.count()
    return {year: villages - numbers.get(year, 0) for year in programme.entry_years}


def late_text(late: dict[int, int]) -> str:
    """Return how many villages are late in which year; years of one number are named together."""
    years: dict[int, list[int]] = {}
    for year, number in sorted(late.items()):
        years.setdefault(number, []).append(year)
    if len(years) > MANY_NUMBERS:
        few, many = min(years), max(years)
        found = [f"{few} sampai {many} desa/kelurahan per tahun ({years_listed(late)})"]
    else:
        found = [f"{number} untuk {years_listed(each)}" for number, each in years.items()]
        found[0] = found[0].replace(" untuk", " desa/kelurahan untuk", 1)
    return f"Sudah lewat batas, belum melapor: {'; '.join(found)}"


def _page(programme, year) -> str:
    return reverse("areas:unreported", query={"periode": programme.slug, "tahun": year})
