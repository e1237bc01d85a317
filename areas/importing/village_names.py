"""Find the village of a row by code or name, with a question if several are possible. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from areas.importing.file_questions import Choice, FileQuestions, Question

_PREFIX = re.compile(r"^(?P<kind>kelurahan|kel|desa|ds)\b[\s.]*", re.IGNORECASE)
_DISTRICT_PREFIX = re.compile(r"^(?:kecamatan|kec)\b[\s.]*", re.IGNORECASE)
MOST_SUGGESTIONS = 3
# Answers other than a village → why the row is left out.
DISTRICT, TOTAL = "kecamatan", "jumlah"
LEFT_OUT = {DISTRICT: "baris kecamatan", TOTAL: "baris jumlah"}
_REGION = re.compile(r"(?:kota|kabupaten|kab|provinsi|prov)\b", re.IGNORECASE)


@dataclass(frozen=True)
class KnownVillage:
    """A village to find in rows; `kind` is `desa` or `kelurahan`."""

    pk: int
    code: str
    name: str
    kind: str
    district: str

    @property
    def full_name(self) -> str:
        """Return `Desa Balokang`."""
        return f"{self.kind.capitalize()} {self.name}"


@dataclass(frozen=True)
class Match:
    """The village found, or the sentence why none was, with the villages to choose from.

    `left_out`: the kind of a row that is not a village's, such as `baris kecamatan`.
    """

    village: KnownVillage | None = None
    problem: str = ""
    candidates: tuple[KnownVillage, ...] = ()
    left_out: str = ""


class VillageFinder:
    """Finds villages by code and name."""

    def __init__(self, villages: Iterable[KnownVillage]):
        self.by_code = {}
        self.by_name = {}
        self.districts = set()
        self.near = {}
        for village in villages:
            self.by_code[village.code] = village
            self.by_name.setdefault(plain_name(village.name)[0], []).append(village)
            self.districts.add(plain_name(village.district)[0])

    def find(self, code: str, name: str, kind: str = "", district: str = "") -> Match:
        """Return the village with this code or name."""
        if code:
            return self._by_code(code, name)
        if not name:
            return Match(problem="tidak menyebut desa/kelurahan. Isi kode atau namanya.")
        return self._by_name(name, kind, district)

    def knows(self, name: str) -> bool:
        """Whether any village has this name."""
        return plain_name(name)[0] in self.by_name

    def resembles(self, name: str) -> bool:
        """Whether a name could be a village's: it has a prefix (`Desa`), or nearly a known name."""
        plain, kind = plain_name(name)
        return bool(plain and (kind or self._near(plain)))

    def is_district(self, name: str) -> bool:
        """Whether a kecamatan has this name."""
        return plain_name(_DISTRICT_PREFIX.sub("", name.strip()))[0] in self.districts

    def _by_code(self, code, name) -> Match:
        village = self.by_code.get(code)
        if village is None:
            return Match(problem=f"kode {code} tidak dikenal. Periksa kodenya.")
        if name and plain_name(name)[0] != plain_name(village.name)[0]:
            return Match(
                problem=f"kode {code} adalah {village.full_name}, bukan {name}. "
                "Perbaiki kode atau namanya."
            )
        return Match(village)

    def _by_name(self, name, kind, district) -> Match:
        plain, written_kind = plain_name(name)
        kind = written_kind or plain_kind(kind)
        found = self.by_name.get(plain, [])
        if not found:
            return self._unknown(name, plain)
        narrowed = [village for village in found if not kind or village.kind == kind]
        if not narrowed:
            return Match(
                problem=f"{name}: yang dikenal adalah {_listed(found)}. Pilih bila memang itu "
                "yang dimaksud.",
                candidates=tuple(found),
            )
        if district:
            wanted = _DISTRICT_PREFIX.sub("", district).strip().casefold()
            nearer = [village for village in narrowed if village.district.casefold() == wanted]
            if not nearer:
                return Match(
                    problem=f"{name} tidak ada di kecamatan {district}; yang dikenal adalah "
                    f"{_listed(narrowed)}. Pilih bila memang itu yang dimaksud.",
                    candidates=tuple(narrowed),
                )
            narrowed = nearer
        if len(narrowed) > 1:
            return Match(
                problem=f"{name} bisa berarti {_listed(narrowed, ' atau ')}. Pilih salah satu.",
                candidates=tuple(narrowed),
            )
        return Match(narrowed[0])

    def _unknown(self, name, plain) -> Match:
        candidates = tuple(
            village for match in self._near(plain) for village in self.by_name[match]
        )
        hint = "Pilih yang dimaksud, atau perbaiki namanya." if candidates else "Periksa ejaannya."
        return Match(problem=f"{name} tidak dikenal. {hint}", candidates=candidates)

    def _near(self, plain) -> list[str]:
        # Compares with every name, which takes 20 ms for 2.000 villages.
        if plain not in self.near:
            found = get_close_matches(plain, self.by_name, n=MOST_SUGGESTIONS, cutoff=0.75)
            self.near[plain] = found
        return self.near[plain]


def plain_name(name: str) -> tuple[str, str]:
    """Return a name without kind, case, punctuation and spaces, and the kind in its prefix."""
    name = " ".join(name.split())
    prefix = _PREFIX.match(name)
    kind = plain_kind(prefix["kind"]) if prefix else ""
    rest = name[prefix.end() :] if prefix else name
    plain = re.sub(r"[\W_]+", "", rest.casefold())
    # The name of a village called "Desa" is not a prefix.
    return (plain, kind) if plain else (re.sub(r"[\W_]+", "", name.casefold()), "")


def plain_kind(text: str) -> str:
    """Return `desa` or `kelurahan` for their usual spellings; "" for anything else."""
    word = re.sub(r"\W", "", text.casefold())
    if word in ("desa", "ds", "village"):
        return "desa"
    return "kelurahan" if word in ("kel", "kelurahan") else ""


def answer_key(name: str, kind: str = "", district: str = "") -> str:
    """Return the key of the user's choice, which applies to all rows with the same spelling."""
    return "|".join(" ".join(part.casefold().split()) for part in (name, kind, district))


def _listed(villages, between=" dan ") -> str:
    return between.join(
        f"{village.full_name} (Kec. {village.district})" for village in villages[:4]
    )


class VillageQuestions:
    """Finds the villages of a sheet's rows, and asks if several are possible.

    Each spelling is asked about once. A name of both a kecamatan and a village is asked about at
    each occurrence in the same year: the first can be the kecamatan's subtotal, the second the
    village. An unknown "Kota …" can be the total row.
    """

    def __init__(self, finder: VillageFinder, questions: FileQuestions, place: str):
        self.finder, self.questions, self.place = finder, questions, place
        self.times = Counter()

    def find(
        self,
        row_number: int,
        *,
        code: str,
        name: str,
        kind: str = "",
        district: str = "",
        year: str = "",
        can_be_district: bool = True,
    ) -> Match:
        """Return the village of a row, after the user's answer if there is a question."""
        match = self.finder.find(code, name, kind, district)
        candidates = match.candidates or ((match.village,) if match.village else ())
        is_open = not (code or district or plain_kind(kind) or plain_name(name)[1])
        asks_district = can_be_district and is_open and self.finder.is_district(name)
        asks_total = can_be_district and not match.village and bool(_REGION.match(name))
        if not (match.candidates or asks_total or (candidates and asks_district)):
            return match
        key = answer_key(name, kind, district)
        choices = [
            Choice(village.code, f"{village.full_name}, Kec. {village.district}")
            for village in candidates
        ]
        problem = match.problem
        if asks_district:
            self.times[key, year] += 1
            key = f"{key}|{self.place}|{self.times[key, year]}"
            choices.append(Choice(DISTRICT, f"Kecamatan {name} (baris jumlah, dilewati)"))
            problem = (
                f"{name} adalah nama desa/kelurahan dan juga nama kecamatan. Pilih salah satu."
            )
        elif asks_total:
            choices.append(Choice(TOTAL, f"{name} seluruhnya (baris jumlah, dilewati)"))
        text = f"“{name}” di baris {row_number} adalah"
        answer = self.questions.ask(Question(key, text, tuple(choices)))
        if answer in LEFT_OUT:
            return Match(left_out=LEFT_OUT[answer])
        if answer:
            return Match(self.finder.by_code[answer])
        return Match(problem=problem, candidates=candidates)
