"""Asking which village is meant where a file's words can mean several. Pure."""

from areas.exchange.file_questions import Choice, FileQuestions, Question
from areas.exchange.village_names import Match, VillageFinder, answer_key


def find_village(
    finder: VillageFinder,
    questions: FileQuestions,
    row_number: int,
    *,
    code: str,
    name: str,
    kind: str = "",
    district: str = "",
) -> Match:
    """Return the village that a row means. Asks where several are possible."""
    match = finder.find(code, name, kind, district)
    if not match.candidates:
        return match
    answer = questions.ask(
        Question(
            key=answer_key(name, kind, district),
            text=f"“{name}” di baris {row_number} adalah",
            choices=tuple(
                Choice(village.code, f"{village.full_name}, Kec. {village.district}")
                for village in match.candidates
            ),
        )
    )
    return Match(finder.by_code[answer]) if answer else match
