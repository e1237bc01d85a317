"""URLs of public reports about meetings."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from kotaku.caching.page_cache import kept
from meetings.reports import views
from meetings.reports.feeds import ArticleFeed

urlpatterns = [
    path("berita/", views.article_list, name="article-list"),
    path("berita/atom.xml", login_not_required(kept(ArticleFeed())), name="article-feed"),
    path("rakor/<int:pk>/berita/", views.article_add, name="article-add"),
    path("berita/<slug:slug>/", views.article, name="article"),
    path("berita/<slug:slug>/kartu.png", views.card, name="article-card"),
    path("berita/<slug:slug>/foto/", views.photo, name="article-photo"),
    path("berita/<slug:slug>/ubah/", views.article_edit, name="article-edit"),
    path("berita/<slug:slug>/penerbitan/", views.publication, name="article-publication"),
    path("berita/<slug:slug>/pembuangan/", views.discarding, name="article-discarding"),
    path("berita/<slug:slug>/penarikan/", views.withdrawal, name="article-withdrawal"),
]
