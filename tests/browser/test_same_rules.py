"""Each rule that a script repeats agrees with Python: 1.000 cases, all asked in one page at once.

The cases are the same in every run. Numbers typed, scores, the server's words about a file, the
day of a photo, sizes and moments; hand-picked numbers are in tests/kotaku/interface.
"""

import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from areas.rules.criteria import CURRENT
from areas.rules.plausibility import Context, concerns, needs_confirmation, reading
from areas.rules.scoring import percent_of
from kotaku import quantities
from kotaku.files.photo_metadata import taken_on
from kotaku.files.thumbs import size_text
from kotaku.files.uploads import (
    DOCUMENTS,
    MAX_BYTES,
    PICTURES_AND_PDF,
    check_document,
    check_upload,
)
from kotaku.formats import (
    AmbiguousNumber,
    InvalidNumber,
    format_date,
    format_percent,
    format_time,
    parse_amount,
    parse_count,
    parse_hectares,
)

SCRIPTS = Path(__file__).parent.parent.parent / "static/js"
ASK = """async ([scripts, cases]) => {
  const open = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  document.body.innerHTML = cases.typed.map(({ typed, attributes }, number) => {
    const data = Object.entries(attributes).map(([name, value]) => `data-${name}="${value}"`);
    return `<input id="n${number}"><output for="n${number}" ${data.join(" ")}></output>`;
  }).join("");
  await open(scripts["hectare-preview"]);
  await open(scripts["score-preview"]);
  const said = cases.typed.map(({ typed }, number) => {
    const input = document.getElementById(`n${number}`);
    input.value = typed;
    input.dispatchEvent(new Event("input"));
    const output = input.nextElementSibling;
    return [output.textContent, output.classList.contains("reading--attention")];
  });
  const { refusalOf } = await open(scripts["file-refusal"]);
  const { readPhoto } = await open(scripts["photo-metadata"]);
  const { sizeText } = await open(scripts["photo-input"].replace(/^import .*$/gm, ""));
  await open(scripts["queue"]);
  const files = [];
  for (const { begin, size, accept } of cases.files) {
    const bytes = new Uint8Array(size);
    bytes.set(begin.slice(0, size));
    files.push(await refusalOf(new File([bytes], "berkas"), accept));
  }
  return {
    typed: said,
    files,
    photos: cases.photos.map((bytes) => readPhoto(new Uint8Array(bytes)).takenOn),
    sizes: cases.sizes.map(sizeText),
    moments: cases.moments.map((at) => kotakuQueue.moment(at)),
  };
}"""
QUANTITIES = {
    "Ha": quantities.RT_HECTARES,
    "m": quantities.METRES,
    "KK": quantities.HOUSEHOLDS,
    "unit": quantities.BUILDINGS,
}
BEGINNINGS = [
    b"%PDF-1.7",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    b"\x00\x00\x00\x18ftypheic",
    b"\x00\x00\x00\x18ftypmif1",
    b"\x00\x00\x00\x18ftypisom",
    b"GIF89a",
    b"PK\x03\x04",
    b"<html>",
    b"%PD",
]


def typed_numbers(dice, count: int):
    """Yield what people might type, most of it numbers, some of it nonsense."""
    for _ in range(count):
        digits = "".join(dice.choice("0123456789") for _ in range(dice.randint(1, 9)))
        shape = dice.randrange(8)
        if shape < 3:
            cut = dice.randint(0, len(digits))
            text = digits[:cut] + dice.choice(",.") + digits[cut : cut + dice.randint(0, 4)]
        elif shape < 5:
            text = dice.choice([f"{int(digits):,}", f"{int(digits):,}".replace(",", ".")])
            text = dice.choice([text, text.replace(",", " "), text + ",5", text + ".75"])
        else:
            text = digits[: dice.randint(1, 5)]
        if dice.random() < 0.3:
            text += dice.choice(
                [" Ha", "ha", " hektare.", " KK", " m", " unit", " m2", "%", " .", " juta"]
            )
        if dice.random() < 0.2:
            place = dice.randint(0, len(text))
            extra = dice.choice(
                [" ", "\u00a0", "\u200b", "\ufeff", "-", "−", "x", ",", ".", "\t", "²"]
            )
            text = text[:place] + extra + text[place:]
        yield text


def hectares(dice, count: int):
    """Yield (typed, attributes of the preview, what it has to say, whether it warns)."""
    for typed in typed_numbers(dice, count):
        baseline = Decimal(dice.randint(1, 9000)) / 100
        previous = dice.choice([baseline, Decimal(dice.randint(0, 9000)) / 100])
        year = None if previous == baseline else 2017
        context = Context(baseline, previous, year, evidence=1)
        attributes = {
            "kotaku-hectare-preview": "",
            "previous": str(previous).replace(".", ","),
            "previous-name": context.previous_name,
            "baseline": str(baseline).replace(".", ","),
        }
        try:
            area = parse_hectares(typed)
        except AmbiguousNumber:
            yield typed, attributes, "Bisa berarti dua angka.", True
        except InvalidNumber:
            yield typed, attributes, None, None
        else:
            warns = needs_confirmation(concerns(area, context))
            yield typed, attributes, reading(area, context), warns


def scores(dice, count: int):
    """Yield the same of volumes; many of them lie at the edge of a band."""
    bands = " ".join(f"{lowest}:{score}" for lowest, score in CURRENT.bands)
    for text in typed_numbers(dice, count):
        typed, unit = text, dice.choice([*QUANTITIES])
        quantity = QUANTITIES[unit]
        places = Decimal(1).scaleb(-quantity.decimals)
        base = (Decimal(dice.randint(0, 99_999)) / 100).quantize(places)
        if dice.random() < 0.6:
            share = dice.choice([25, 51, 76, 100]) + Decimal(dice.randint(-12, 12)) / 1000
            volume = (base * share / 100).quantize(places)
            typed = f"{volume:f}".replace(".", ",")
        attributes = {"kotaku-score": f"{base:f}", "kotaku-unit": unit, "kotaku-bands": bands}
        try:
            read = parse_amount if quantity.decimals else parse_count
            volume = Decimal(read(typed, quantity))
        except InvalidNumber:
            yield typed, attributes, "", False
            continue
        if volume > base:
            yield typed, attributes, "Melebihi ", True
        else:
            percent = percent_of(volume, base)
            said = f"{format_percent(percent, 2)}, nilai {CURRENT.score_of(percent)}"
            yield typed, attributes, said, False


def files(dice, count: int):
    """Yield (beginning, size, `accept`, the server's sentence); "" where it reads on."""
    for _ in range(count):
        begin = dice.choice(BEGINNINGS)
        size = dice.choice([0, 16, 3000, MAX_BYTES, MAX_BYTES + 1])
        content = begin[:size].ljust(size, b"\0")
        upload = io.BytesIO(content)
        upload.size = size
        accept, check = dice.choice([(PICTURES_AND_PDF, check_upload), (DOCUMENTS, check_document)])
        try:
            check(upload)
            sentence = ""
        except ValidationError as refusal:
            sentence = refusal.message
        yield begin, size, accept, sentence


def photos(dice, count: int):
    """Yield (JPEG with EXIF, the day that the server reads from it)."""
    for _ in range(count):
        day = date(1998, 1, 1) + timedelta(days=dice.randint(0, 12_000))
        text = dice.choice([f"{day:%Y:%m:%d}", f"{day:%Y}:13:01", f"{day:%Y}:02:30", "0000:00:00"])
        if dice.random() < 0.3:
            text = f"{timezone.localdate() + timedelta(days=dice.randint(-2, 2)):%Y:%m:%d}"
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = f"{text} 23:59:58"
        picture = io.BytesIO()
        Image.new("RGB", (1, 1)).save(picture, "JPEG", exif=exif)
        taken = taken_on(picture)
        yield list(picture.getvalue()), taken.isoformat() if taken else ""


def moments(dice, count: int):
    """Yield (milliseconds, day and time in Jakarta), several around midnight there."""
    zone = timezone.get_default_timezone()
    for _ in range(count):
        at = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randint(0, 4_000_000))
        if dice.random() < 0.5:
            at = at.replace(hour=dice.choice([16, 17]), minute=dice.choice([0, 1, 30, 59]))
        local = at.astimezone(zone)
        said = f"{format_date(local.date())} {format_time(local)}".removesuffix("\u00a0WIB")
        yield int(at.timestamp() * 1000), said


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_scripts_and_server_have_the_same_rules(page):
    dice = Random(20)
    typed = [*hectares(dice, 400), *scores(dice, 350)]
    chosen, shot, when = [*files(dice, 60)], [*photos(dice, 60)], [*moments(dice, 70)]
    sizes = [1, 499, 500, 1500, 99_999, 999_999, 1_000_000, MAX_BYTES]
    sizes += [dice.randint(1, MAX_BYTES) for _ in range(60)]
    cases = {
        "typed": [{"typed": each[0], "attributes": each[1]} for each in typed],
        "files": [{"begin": [*b], "size": size, "accept": accept} for b, size, accept, _ in chosen],
        "photos": [content for content, _ in shot],
        "sizes": sizes,
        "moments": [at for at, _ in when],
    }
    assert sum(len(each) for each in cases.values()) >= 1000
    scripts = {path.stem: path.read_text() for path in SCRIPTS.glob("*.js")}
    page.set_content("<body></body>")
    said = page.evaluate(ASK, [scripts, cases])
    wrong = []
    for (text, attributes, expected, warns), (words, is_marked) in zip(
        typed, said["typed"], strict=True
    ):
        shown = plain(words)
        if expected is None:
            fits = not shown.startswith(("=", "Bisa"))
        elif expected in ("Bisa berarti dua angka.", "Melebihi "):
            fits = shown.startswith(expected) and is_marked
        else:
            fits = shown == plain(expected) and is_marked == warns
        if not fits:
            wrong.append((text, attributes, shown, expected))
    for (begin, size, _, sentence), words in zip(chosen, said["files"], strict=True):
        # The server reads all of it; with two faults either may be named.
        fits = not words or (sentence and (size > MAX_BYTES or words == sentence))
        fits = fits and (words or size <= MAX_BYTES)
        if not fits:
            wrong.append((begin, size, words, sentence))
    for name, expected in (
        ("photos", [day for _, day in shot]),
        ("sizes", [plain(size_text(each)) for each in sizes]),
        ("moments", [words for _, words in when]),
    ):
        wrong += [
            (name, cases[name][n] if name != "photos" else "", one, other)
            for n, (one, other) in enumerate(zip(map(plain, said[name]), expected, strict=True))
            if one != other
        ]
    assert not wrong, "\n".join([str(len(wrong)), *map(str, wrong[:20])])
