"""Questions about a file, answered by the user who imports it. Pure.

This is the only mechanism for questions about an imported file. To add a question, ask it
while reading; `preview` creates one `FileQuestions` per reading and passes it on:

    answer = questions.ask(
        Question(
            key=f"tersembunyi|{sheet.name}",
            text="Lembar Data mempunyai 3 baris tersembunyi. Ikut dibaca?",
            hint="Baris 5, 8, dan 9.",
            choices=(Choice("ya", "Ya, baca juga"), Choice("tidak", "Tidak, lewati")),
        )
    )

`ask` returns the value of the chosen answer, or "" while the question is open; then read on with
a safe assumption, so that the preview can show as much as possible. The preview page shows every
question with its choices. Answers are stored in `ImportRun.layout["answers"]` by key, so the key
must identify what the answer applies to (the sheet, the heading row, the cell's text).
They are part of `Preview.digest`, and nothing can be applied while a question is open.

A surprising but plausible value is not a question but a warning to confirm: see
`PlannedRow.needs_confirmation`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

YES, NO = "ya", "tidak"


@dataclass(frozen=True)
class Choice:
    """One possible answer: the value that is stored, and its label on the page."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question about a file.

    `key` identifies it within the file; `hint` is shown below the text. `suggested` is the value
    of the choice that the form preselects; it counts only after the form is submitted.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    hint: str = ""
    suggested: str = ""


class FileQuestions:
    """The questions raised while a file is read, with the answers given so far: key → value."""

    def __init__(self, answers: Mapping[str, str] | None = None):
        self.answers = dict(answers or {})
        self._asked: dict[str, Question] = {}

    def ask(self, question: Question) -> str:
        """Return the answer to a question, "" while it is open. Each key is asked only once."""
        asked = self._asked.setdefault(question.key, question)
        return self.answer_to(asked)

    def answer_to(self, question: Question) -> str:
        """Return the answer given; "" for none or for one that is not among the choices."""
        answer = self.answers.get(question.key, "")
        return answer if answer in {choice.value for choice in question.choices} else ""

    @property
    def asked(self) -> list[Question]:
        """All questions in the order in which they were asked."""
        return list(self._asked.values())

    @property
    def open(self) -> list[Question]:
        """The questions without an answer."""
        return [question for question in self.asked if not self.answer_to(question)]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """(key, answer) of the answered questions, for the digest."""
        pairs = [(question.key, self.answer_to(question)) for question in self.asked]
        return sorted((key, answer) for key, answer in pairs if answer)


def fingerprint(words: str) -> str:
    """Return a short hash that replaces a long list in a key."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]
