"""Pages of questions: all open ones, those about one record, asking, answering, closing."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from areas.models import Question, QuestionState
from areas.questions import mail, page
from areas.questions.forms import AskForm
from areas.questions.subjects import BY_KEY, SUBJECTS
from kotaku.interface.fields import is_key
from kotaku.requests import kept_forms
from kotaku.workflow import StaleRecord
from kotaku.workflow.perform import perform, perform_step

PAGE = 25


@require_safe
def listing(request):
    """List the questions this user may read: those not closed, or with `keadaan=selesai` the rest."""
    visible = Question.objects.visible_to(request.user)
    is_closed = request.GET.get("keadaan") == "selesai"
    closed = visible.filter(state=QuestionState.CLOSED).order_by("-changed_at", "-pk")
    chosen = closed if is_closed else visible.unsettled()
    shown = Paginator(chosen.loaded(), PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": shown,
        "threads": [page.thread(each, request.user, is_writer=False) for each in shown],
        "is_closed": is_closed,
        "closed": closed.count(),
        "is_sample": any(SUBJECTS[each.subject].is_sample(each.record) for each in shown),
    }
    return render(request, "areas/questions/question_list.html", context)


def questions_page(request, kind, pk):
    """Return the address of the page with the questions about a record."""
    return reverse("areas:questions", args=[kind, pk])


@kept_forms.keeps_form(questions_page)
def questions(request, kind, pk):
    """Show the questions about a record, and ask a new one."""
    record = _record(request, kind, pk)
    typed, waiting = kept_forms.typed(request)
    if request.method != "POST":
        return _page(request, record, waiting=waiting)
    form = AskForm(typed)
    village = BY_KEY[kind].village(record)
    if not page.may_write(village, request.user):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, record, ask=form, status=422)
    _ask(request, record, village, form.cleaned_data)
    kept_forms.forget(request, questions_page(request, kind, pk))
    messages.success(request, "Pertanyaan terkirim. Jawabannya muncul di halaman ini.")
    return redirect(questions_page(request, kind, pk))


def _ask(request, record, village, cleaned):
    """Store and announce a question, unless the first of two clicks did."""
    if Question.objects.filter(uid=cleaned["uid"]).exists():
        return
    try:
        question = Question.ask(
            record, village=village, by=request.user, text=cleaned["text"], uid=cleaned["uid"]
        )
    except StaleRecord:
        return
    mail.announce(question, by=request.user, text=cleaned["text"], is_answer=False)


def question_page(request, pk):
    """Return the address of the page with this question."""
    question = Question.objects.visible_to(request.user).filter(pk=pk).first()
    return page.address(question.record) if question else reverse("areas:question-list")


@kept_forms.keeps_form(question_page)
def reply(request, pk):
    """Answer a question, or add to it."""
    question = _writable(request, pk)
    if request.method != "POST":
        return redirect(page.address(question.record))

    def say(row, *, by, version, text):
        row.reply(by=by, version=version, text=text)
        is_answer = row.is_from_village == by.is_bappeda
        mail.announce(row, by=by, text=text, is_answer=is_answer)

    return perform(
        request,
        question,
        page.reply_form(question, request.user, request.POST),
        say,
        page=partial(_reply_page, request),
        to=lambda row: page.address(row.record),
        done="Terkirim.",
        kept=page.address(question.record),
        repeated=lambda row, cleaned: row.was_said_by(request.user, cleaned["text"]),
    )


@require_POST
def closing(request, pk, verb):
    """Close a question; it stays readable."""
    return perform_step(
        request,
        _writable(request, pk),
        verb,
        page=partial(_reply_page, request),
        to=lambda row: page.address(row.record),
    )


def _reply_page(request, question, *, form, refusal=None, status=200):
    is_reply = "text" in form.fields
    if refusal and is_reply:
        # Sent again, the text meets the question as it is now.
        data = form.data.copy()
        data["version"] = question.version
        form = page.reply_form(question, request.user, data)
    return _page(
        request,
        question.record,
        reply=(question.pk, form) if is_reply else None,
        refusal=refusal,
        status=status,
    )


def _page(request, record, *, ask=None, reply=None, refusal=None, waiting=None, status=200):
    if waiting and "uid" in waiting.typed:
        ask = AskForm(waiting.typed)
    elif waiting:
        reply = _kept_reply(request, record, waiting.typed)
    context = page.page_context(record, request.user, ask=ask, reply=reply) | {
        "refusal": refusal,
        "waiting": waiting,
        "lost": reply[1].data.get("text", "") if reply and _is_closed(reply[0]) else "",
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "areas/questions/questions.html", context, status=status)


def _kept_reply(request, record, typed):
    """Return the question and the form of a reply that was kept, None if there is no such one."""
    about = Question.objects.visible_to(request.user).about(record)
    question = about.filter(pk=typed["question"]).first() if is_key(typed.get("question")) else None
    return (question.pk, page.reply_form(question, request.user, typed)) if question else None


def _is_closed(pk) -> bool:
    return Question.objects.filter(pk=pk, state=QuestionState.CLOSED).exists()


def _record(request, kind, pk):
    subject = BY_KEY.get(kind)
    if subject is None:
        raise Http404("Tidak ada pertanyaan tentang hal ini.")
    return get_object_or_404(subject.rows(request.user), pk=pk)


def _writable(request, pk) -> Question:
    """Return a question of which the user is a side; 404 if not visible, 403 if only readable."""
    question = get_object_or_404(Question.objects.visible_to(request.user).loaded(), pk=pk)
    if not Question.objects.writable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return question
