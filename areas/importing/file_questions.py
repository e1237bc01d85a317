"""Questions that a file leaves open, answered by the person who imports it. Pure.

This is the one mechanism for every question about an imported file. To add a question, ask it
while reading; `preview` makes one `FileQuestions` for each reading and passes it on:

    answer = questions.ask(
        Question(
            key=f"tersembunyi|{sheet.name}",
            text="Lembar Data mempunyai 3 baris tersembunyi. Ikut dibaca?",
            hint="Baris 5, 8, dan 9.",
            choices=(Choice("ya", "Ya, baca juga"), Choice("tidak", "Tidak, lewati")),
        )
    )

`ask` returns the value of the choice made, or "" while the question is open; then read on with
whatever is safe, so that the preview can show as much as possible. The preview page shows every
question with its choices. Answers are kept in `ImportRun.layout["answers"]` under the key, so
the key has to name what the answer is valid for (the sheet, the heading row, the cell's text).
They are part of `Preview.digest`, and nothing can be applied while a question is open.

What is merely surprising but could well be meant is not a question but a warning with a tick:
see `PlannedRow.needs_confirmation`.
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
    of the choice that the form preselects; it counts only once the form is sent.
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
        """Return the answer to a question, "" while it is open. The same key is asked once."""
        asked = self._asked.setdefault(question.key, question)
        return self.answer_to(asked)

    def answer_to(self, question: Question) -> str:
        """Return the answer given; "" for none, and for one that is not among the choices."""
        answer = self.answers.get(question.key, "")
        return answer if answer in {choice.value for choice in question.choices} else ""

    @property
    def asked(self) -> list[Question]:
        """All questions in the order in which they came up."""
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
    """Return what stands in a key for a list that may be long."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]
