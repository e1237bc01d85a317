"""The site's addresses, the bare view that all is measured against, and Django's own admin."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from areas.models import YearlyFigure


@login_not_required
def hello(request):
    """Answer with a word: what Django, its middleware and the server cost by themselves."""
    return HttpResponse("Halo")


# A peer: the list of figures by Django's own classes.
peer = AdminSite(name="peer")
peer.register(YearlyFigure)

urlpatterns = [
    path("bench/halo/", hello),
    path("bench/admin/", peer.urls),
    path("", include("kotaku.urls")),
]
