"""The social card of a page: 1200 × 630 with headline, one large number and a small chart."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string

from areas.charts.card_chart import CardChart, CardText, card_chart
from areas.rules import as_of, narrative
from areas.rules.progress import Series
from kotaku.formats import NBSP, format_count, format_hectares, format_percent
from kotaku.pictures import SERIF, png, text_width, wrapped

WIDTH, HEIGHT = 1200, 630
MARGIN = 56
ROOM = WIDTH - 2 * MARGIN
HEADLINE = {"size": 54, "leading": 62, "top": 176}
CHART = {"left": 610, "right": WIDTH - MARGIN - 12, "bottom": 508}
# Below the lines of the headline and the first value.
CHART_TOP = 74
NUMBER_SIZE, NOTE_SIZE = 128, 34
# Baselines: of the number, of the first note below it, of each further note.
NUMBER_Y, NOTE_DOWN, NOTE_LEADING = 446, 54, 44
# With three notes all stand this much higher.
LIFT = 32
# Left of the chart, without the unit.
NUMBER_ROOM = CHART["left"] - MARGIN - 140
SAMPLE_SOURCE = "Angka karangan untuk mencoba aplikasi, bukan data resmi."


@dataclass(frozen=True)
class Card:
    """The context of templates/charts/social_card.svg, in formatted strings.

    The last note tells the change if there is one (`has_change`).
    """

    title: str
    description: str
    site: str
    kicker: str
    is_sample: bool
    headline: tuple[CardText, ...]
    number: str = ""
    number_size: str = ""
    unit_x: str = ""
    number_y: str = ""
    number_notes: tuple[CardText, ...] = ()
    has_change: bool = False
    words: tuple[CardText, ...] = ()
    chart: CardChart | None = None
    source: str = ""

    @property
    def version(self) -> str:
        """A short digest of what the picture shows, for its address."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    def picture(self) -> bytes:
        """Return the card as a PNG."""
        return _drawn(self)


# The same card is asked for again and again, also under addresses with other parameters.
@lru_cache(maxsize=64)
def _drawn(card) -> bytes:
    return png(render_to_string("charts/social_card.svg", {"card": card}))


def series_card(
    headline: str, series: Series | None, *, kicker, is_sample, source, place="", description=""
) -> Card:
    """Return the card of a period, a region or a village; without a series only its headline.

    `place` is named beside the number if the headline does not name it; `description` is the text
    of previews, if not what the figures stand on.
    """
    if series is None:
        return Card(headline=_headline(headline, most=5), **_facts(headline, "", kicker, is_sample))
    number = format_hectares(series.latest.remaining_ha)
    # Thousands of hectares are written smaller, so that they stay beside the chart.
    width = text_width(number, NUMBER_SIZE, SERIF, 700)
    size = NUMBER_SIZE * min(1, NUMBER_ROOM / width)
    width = text_width(number, size, SERIF, 700)
    lines = _headline(headline, most=3)
    notes = _notes(series, place)
    return Card(
        headline=lines,
        number=number,
        number_size=f"{size:.0f}",
        unit_x=f"{MARGIN + width + 14:.0f}",
        number_y=str(NUMBER_Y - (LIFT if len(notes) > 2 else 0)),
        number_notes=notes,
        has_change=bool(series.latest.reduced_percent),
        chart=card_chart(series, top=float(lines[-1].y) + CHART_TOP, **CHART),
        source=_source(source, is_sample),
        **_facts(headline, description or _state(series), kicker, is_sample),
    )


def _facts(title, description, kicker, is_sample) -> dict:
    if is_sample:
        title, description = f"Data contoh: {title}", f"{description} {SAMPLE_SOURCE}"
    return {
        # Plain spaces: previews count a no-break space as part of a word.
        "title": title.replace(NBSP, " "),
        "description": description.replace(NBSP, " ").strip(),
        "site": settings.SITE_NAME,
        "kicker": _line(kicker, 640, 28),
        "is_sample": is_sample,
    }


def _state(series) -> str:
    """Return what the figures stand on, as the page says it."""
    if not series.is_counted:
        return "Belum ada angka tahunan yang terverifikasi."
    state = f"Keadaan {as_of.state_label(series.latest)}."
    return f"{state} {narrative.completeness(series)}".strip()


def _source(source, is_sample) -> str:
    if is_sample:
        return SAMPLE_SOURCE
    # The beginning names it; the rest explains abbreviations and tells what it said.
    name = re.split(r"[.:;] ", source)[0].removesuffix(".")
    return _line(f"Angka terverifikasi. Sumber: {name}", ROOM, 26)


def words_card(title: str, lead: str, *, kicker, is_sample) -> Card:
    """Return the card of a text without figures: its title and the beginning of its text."""
    headline = _headline(title, most=4)
    top = float(headline[-1].y) + 66
    lines = wrapped(lead, ROOM, 32, most=max(1, int((572 - top) // 44) + 1))
    words = tuple(
        CardText(str(MARGIN), f"{top + 44 * place:.0f}", line) for place, line in enumerate(lines)
    )
    return Card(headline=headline, words=words, **_facts(title, lead, kicker, is_sample))


def _headline(text, *, most) -> tuple[CardText, ...]:
    size, leading, top = HEADLINE.values()
    # Two long words that belong together ("76,60 Ha") are joined by a no-break space.
    lines = wrapped(text, ROOM, size, most=most, family=SERIF, weight=700)
    return tuple(
        CardText(str(MARGIN), str(top + leading * place), line) for place, line in enumerate(lines)
    )


def _line(text, room, size) -> str:
    return wrapped(text, room, size, most=1)[0]


def _notes(series, place) -> tuple[CardText, ...]:
    """Return what the number is, from how many villages if not from all, and how it changed."""
    latest = series.latest
    what = f"luas kumuh {place}".strip()
    if not series.is_counted:
        start = as_of.marked(f"baseline {series.baseline_year}", as_of.inferred_text(series))
        notes = [f"{what}, {start}"]
    else:
        notes = [f"{what if place else f'sisa {what}'}, {as_of.state_label(latest)}"]
    if latest.carried and series.is_counted and series.villages != 1:
        counted, of = latest.counted, latest.counted + latest.carried
        notes.append(f"baru {format_count(counted)} dari {format_count(of)} desa/kelurahan")
    if latest.reduced_percent:
        change = "naik" if latest.reduced_percent < 0 else "berkurang"
        percent = format_percent(abs(latest.reduced_percent))
        notes.append(f"{change} {percent} sejak {series.baseline_year}")
    top = NUMBER_Y + NOTE_DOWN - (LIFT if len(notes) > 2 else 0)
    return tuple(
        CardText(
            str(MARGIN),
            str(top + NOTE_LEADING * place),
            _line(note, CHART["left"] - MARGIN - 30, NOTE_SIZE),
        )
        for place, note in enumerate(notes)
    )
