"""Views of reports: public to read; Bappeda writes and publishes them."""

from datetime import timedelta

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from areas.sharing.views import picture
from kotaku.caching.page_cache import kept
from kotaku.files.downloads import hand_out
from kotaku.interface.fields import stored_values
from kotaku.regions.home import owner_name
from kotaku.regions.page_region import region_of
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord
from kotaku.workflow.forms import VersionForm
from kotaku.workflow.perform import perform
from meetings.models import Article, ArticleState, Meeting, MeetingState
from meetings.reports import first_draft
from meetings.reports.card import article_card, article_social
from meetings.reports.forms import ArticleForm
from meetings.reports.markup import render_body

PAGE = 12


@login_not_required
@require_safe
@kept
def article_list(request):
    """Show a region's published reports, newest first; to Bappeda also the unpublished ones."""
    region = region_of(request)
    published = Article.objects.published(region).select_related("meeting__programme")
    page = Paginator(published, PAGE).get_page(request.GET.get("hal"))
    hidden = Article.objects.editable_by(request.user).exclude(state=ArticleState.PUBLISHED)
    context = {
        "page": page,
        "articles": [(article, first_draft.date_text(article)) for article in page],
        "is_sample": any(article.is_sample for article in page),
        "hidden": hidden.order_by("-changed_at")[:PAGE],
    }
    return render(request, "meetings/reports/article_list.html", context)


@login_not_required
@require_safe
@kept
def article(request, slug):
    """Show a report; to Bappeda also before publication, as a preview."""
    visible = Article.objects.visible_to(request.user).select_related(
        "meeting__region", "meeting__programme__region"
    )
    return _page(request, get_object_or_404(visible, slug=slug))


def _place(article) -> str:
    return article.meeting.region.full_name if article.meeting else owner_name()


def _page(request, article, *, refusal=None, status=200):
    url = request.build_absolute_uri(reverse("meetings:article", args=[article.slug]))
    photo = reverse("meetings:article-photo", args=[article.slug]) if article.photo else ""
    context = first_draft.article_context(article) | {
        "body": render_body(article.body),
        "photo": photo,
        "can_edit": Article.objects.editable_by(request.user).filter(pk=article.pk).exists(),
        "refusal": refusal,
        "structured_data": first_draft.structured_data(
            article,
            url=url,
            photo_url=request.build_absolute_uri(photo) if photo else "",
            publisher=f"Bappeda {_place(article)}",
        ),
        "social": article_social(request, article) if article.is_published else None,
    }
    return render(request, "meetings/reports/article_detail.html", context, status=status)


@login_not_required
@require_safe
@kept
def card(request, slug):
    """Return the picture that previews of a published report show."""
    published = Article.objects.published().select_related("meeting__programme__region")
    return picture(request, article_card(get_object_or_404(published, slug=slug)))


@login_not_required
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def photo(request, slug):
    """Show a report's photo."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    if not article.photo:
        raise Http404("Berita ini tidak berfoto.")
    response = hand_out(article.photo, "foto.jpg", "image/jpeg", inline=True)
    if article.is_published:
        # The photo's address stays the same when the photo changes, so cache it only briefly.
        response["Cache-Control"] = "public, max-age=300"
    return response


def add_page(request, pk):
    """Return the address of the form for a new report about a meeting."""
    return reverse("meetings:article-add", args=[pk])


def edit_page(request, slug):
    """Return the address of a report's form."""
    return reverse("meetings:article-edit", args=[slug])


@bappeda_required
@kept_forms.keeps_form(add_page)
def article_add(request, pk):
    """Write a report; the form starts with a draft from the meeting's facts."""
    meetings = Meeting.objects.editable_by(request.user).select_related("minutes", "programme")
    if request.method == "POST":
        meetings = Meeting.objects.of_office(request.user).select_related("minutes", "programme")
    meeting = get_object_or_404(meetings, pk=pk)
    article = Article(meeting=meeting, version=0)
    page = add_page(request, pk)
    if request.method != "POST":
        return _opened(request, article, page, first_draft.first_draft(meeting))
    form = ArticleForm(request.POST, request.FILES, article=article)
    if not form.is_valid():
        return _form_page(request, article, form, page, status=422)
    stored = _twin(meeting, form, request.user) or first_draft.create_article(
        by=request.user, meeting=meeting, content=form.content, photo=form.cleaned_data["photo"]
    )
    return _stored(request, stored, page)


def _twin(meeting, form, user):
    """Return the report already stored by the first of two clicks, if any."""
    recent = timezone.now() - timedelta(minutes=5)
    stored = meeting.articles.kept().filter(changed_by=user, changed_at__gte=recent)
    return stored.filter(**form.content).first()


@bappeda_required
@kept_forms.keeps_form(edit_page)
def article_edit(request, slug):
    """Change a report, published or not."""
    articles = Article.objects.editable_by(request.user)
    if request.method == "POST":
        articles = Article.objects.of_office(request.user)
    article = get_object_or_404(articles.select_related("meeting"), slug=slug)
    page = edit_page(request, slug)
    if request.method != "POST":
        return _opened(request, article, page, ArticleForm.initial_of(article))
    form = ArticleForm(request.POST, request.FILES, article=article)
    if not form.is_valid():
        return _form_page(request, article, form, page, status=422)
    cleaned = form.cleaned_data
    try:
        first_draft.update_article(
            article,
            by=request.user,
            version=cleaned["version"],
            content=form.content,
            photo=cleaned["photo"],
            remove_photo=cleaned["remove_photo"],
        )
    except StaleRecord as stale:
        fresh = request.POST.copy()
        fresh["version"] = stale.row.version
        form = ArticleForm(fresh, article=stale.row)
        return _form_page(request, stale.row, form, page, stale=stale, status=409)
    return _stored(request, article, page)


def _opened(request, article, page, initial):
    data, waiting = kept_forms.typed(request)
    form = ArticleForm(data, initial=initial, article=article)
    return _form_page(request, article, form, page, waiting=waiting)


def _stored(request, article, page):
    kept_forms.forget(request, page)
    messages.success(request, "Berita tersimpan. Beginilah tampilannya.")
    return redirect("meetings:article", slug=article.slug)


def _form_page(request, article, form, page, *, stale=None, waiting=None, status=200):
    context = {
        "form": form,
        "is_sample": article.is_sample,
        "article": article,
        "address": page,
        "stale": stale,
        "stored": stored_values(form, article) if stale else [],
        "waiting": waiting,
        "photo_again": bool(request.FILES) or bool(waiting and waiting.had_files),
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/reports/article_form.html", context, status=status)


@bappeda_required
@require_POST
def publication(request, slug):
    """Publish a report."""
    return _carry_out(request, slug, Article.publish, "Berita terbit dan dapat dibaca umum.")


@bappeda_required
@require_POST
def withdrawal(request, slug):
    """Withdraw a report from the public."""
    done = "Berita ditarik; umum tidak melihatnya lagi."
    return _carry_out(request, slug, Article.withdraw, done)


@bappeda_required
@require_POST
def discarding(request, slug):
    """Discard a draft; what is typed in a form opened before is then refused."""
    done = "Draf berita dibuang. Admin dapat memulihkannya."
    return _carry_out(request, slug, Article.discard, done, to=_home)


def _home(article):
    """Return the page of the report's meeting, else the list of reports."""
    if article.meeting and article.meeting.state != MeetingState.DISCARDED:
        return reverse("meetings:meeting-detail", args=[article.meeting.pk])
    return reverse("meetings:article-list")


def _own(article):
    return reverse("meetings:article", args=[article.slug])


def _carry_out(request, slug, verb, done, *, to=_own):
    def page(row, *, form, refusal=None, **shown):
        if not row.is_discarded:
            return _page(request, row, refusal=refusal, **shown)
        messages.error(request, str(refusal))
        return redirect(_home(row))

    articles = Article.objects.of_office(request.user).select_related("meeting__programme")
    return perform(
        request,
        get_object_or_404(articles, slug=slug),
        VersionForm(request.POST),
        verb,
        page=page,
        to=to,
        done=done,
        repeated=lambda row, _: verb is Article.discard and row.is_discarded,
    )
