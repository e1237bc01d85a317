"""Open questions in "Pekerjaan saya", for both sides."""

from django.urls import reverse

from areas.models import Question, QuestionState
from areas.questions.page import thread
from kotaku.contributions import WorkItem

# More are one line with their number.
FEW = 3


def question_work(user) -> list[WorkItem]:
    """Return the questions that this user's side should answer, and answers to one's own."""
    if not (user.is_bappeda or user.is_village_officer):
        return []
    mine = Question.objects.writable_by(user).unsettled().filter(asked_by=user)
    return [
        *questions_to_answer(user),
        *_lines(
            mine.filter(state=QuestionState.ANSWERED).loaded()[: FEW + 1],
            user,
            "Pertanyaan Anda sudah dijawab",
            "pertanyaan Anda sudah dijawab",
        ),
        *_lines(
            mine.filter(state=QuestionState.OPEN).loaded()[: FEW + 1],
            user,
            "Pertanyaan Anda menunggu jawaban",
            "pertanyaan Anda menunggu jawaban",
        ),
    ]


def questions_to_answer(user) -> list[WorkItem]:
    """Return the open questions that this user's side should answer."""
    waiting = Question.objects.to_answer_by(user).loaded()[: FEW + 1]
    return _lines(waiting, user, "Jawab pertanyaan", "pertanyaan menunggu jawaban Anda")


def _lines(questions, user, one, many) -> list[WorkItem]:
    questions = list(questions)
    if len(questions) > FEW:
        return [WorkItem(f"Lebih dari {FEW} {many}", reverse("areas:question-list"))]
    return [
        WorkItem(f"{one}: {shown.title}", shown.url)
        for shown in (thread(each, user, is_writer=True) for each in questions)
    ]
