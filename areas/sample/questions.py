"""An invented question for demonstration: Bappeda asks a village about its figure."""

import uuid

from areas.models import Question, YearlyFigure
from areas.sample.workplan import LANGENSARI

TEXT = (
    "Contoh: angka tahun ini turun lebih dari tahun sebelumnya. Apakah RT di dekat saluran irigasi "
    "masih terhitung? Cukup dijawab di sini; angkanya tidak perlu diajukan ulang."
)


def load_question(reviewer) -> None:
    """Let Bappeda ask about the newest verified sample figure of one village."""
    figures = YearlyFigure.objects.verified().filter(
        baseline__programme__is_sample=True, baseline__village__code=LANGENSARI
    )
    figure = figures.select_related("baseline__village").order_by("-year").first()
    village = figure.baseline.village
    Question.ask(figure, village=village, by=reviewer, text=TEXT, uid=uuid.uuid4())
