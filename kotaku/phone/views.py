"""What a phone asks for: manifest, service worker, offline page, queue, a fresh CSRF token."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kotaku.colours import COLOURS, THEME
from kotaku.phone.release import WORKER_SCRIPTS, offline_files, release
from kotaku.regions.home import home_region

# file name -> (pixels, purpose): the second has room for any shape that a phone cuts out.
ICONS = {
    "icons/icon-192.png": (192, "any"),
    "icons/icon-512.png": (512, "any"),
    "icons/maskable-512.png": (512, "maskable"),
}


@login_not_required
@require_safe
def manifest(request):
    """Describe the site as an app that can be installed; its names are those of this site."""
    region = home_region()
    owner = region.full_name if region else settings.CITY_NAME
    content = {
        "id": "/",
        "name": f"{settings.SITE_NAME}: pemantauan penanganan kumuh {owner}",
        "short_name": settings.SITE_NAME,
        "description": f"Pemantauan penanganan kawasan kumuh {owner}.",
        "lang": "id",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME["light"],
        "background_color": COLOURS["paper"],
        "icons": [
            {
                "src": static(name),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, (size, purpose) in ICONS.items()
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def service_worker(request):
    """Send the script that serves the whole site on a phone, with the release it belongs to.

    A browser installs it anew whenever its text differs, so each release replaces the one before.
    """
    site = {"release": release(), "offline": offline_files(), "static": settings.STATIC_URL}
    scripts = ", ".join(json.dumps(static(name)) for name in WORKER_SCRIPTS)
    response = HttpResponse(
        f"const SITE = {json.dumps(site)};\nimportScripts({scripts});\n",
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@require_safe
def offline(request):
    """Show the page that phones keep for the time without a line. It contains no figures."""
    return render(request, "phone/offline.html")


@login_not_required
@require_safe
def queue(request):
    """Show the forms that wait on this phone; its script reads them from the phone itself."""
    return render(request, "phone/queue.html")


@login_not_required
@never_cache
@require_safe
def connection(request):
    """Say which account is signed in, with a fresh CSRF token: the queue asks before sending."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"account": None})
    content = {"account": str(user.pk), "name": user.username, "token": get_token(request)}
    return JsonResponse(content)
