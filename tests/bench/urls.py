"""The site's addresses, and the bare view that everything is measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path


@login_not_required
def hello(request):
    """Answer with a word: what Django, its middleware and the server cost by themselves."""
    return HttpResponse("Halo")


urlpatterns = [path("bench/halo/", hello), path("", include("kotaku.urls"))]
