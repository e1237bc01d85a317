"""Asking which village is meant where a file's words can mean several. Pure."""

import re
from collections import Counter

from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.village_names import (
    Match,
    VillageFinder,
    answer_key,
    plain_kind,
    plain_name,
)

# Answers that name no village → what the row is instead.
DISTRICT, TOTAL = "kecamatan", "jumlah"
LEFT_OUT = {DISTRICT: "baris kecamatan", TOTAL: "baris jumlah"}
_REGION = re.compile(r"(?:kota|kabupaten|kab|provinsi|prov)\b", re.IGNORECASE)


class VillageQuestions:
    """Finds the villages of a sheet's rows, and asks where several are possible.

    The same writing is asked about once. A name that is both a kecamatan's and a village's is
    asked about for each time that it occurs with the same year: the first can be the kecamatan's
    subtotal, the second the village. An unknown "Kota …" can be the row that adds all up.
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
        """Return the village that a row means."""
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
