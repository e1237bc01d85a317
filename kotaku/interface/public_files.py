"""Files that browsers and search engines ask for at the root of the site."""

import io
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image

from kotaku.pictures import png
from kotaku.requests.site_address import site_address

# Pages for who is signed in, and search results. Public pages and data are open to robots.
PRIVATE = (
    "/admin/",
    "/akun/",
    "/audit/",
    "/berita/*/ubah/",
    "/bukti/",
    "/cari/",
    "/data-kontak/",
    "/data/impor/",
    "/data/isian.",
    "/desa/*/bkm/",
    "/desa/*/rt/",
    "/isian/",
    "/kalender/",
    "/komponen/",
    "/kop-surat/",
    "/penilaian/",
    "/pertanyaan/",
    "/rakor/",
    "/rencana/",
    "/tindak-lanjut/",
    "/undangan/",
    "/verifikasi/",
)
ICON_SIZES = (48, 32, 16)


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request):
    """Tell robots which pages are private, and where the map of the site is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
    lines.append(f"Sitemap: {site_address()}{reverse('sitemap')}\n")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request):
    """Return the site's icon for programs that know no SVG and ask at this address."""
    return HttpResponse(_icon(), content_type="image/x-icon")


@cache
def _icon() -> bytes:
    drawing = (settings.BASE_DIR / "static" / "icon.svg").read_text()
    sizes = [Image.open(io.BytesIO(png(drawing, size))) for size in ICON_SIZES]
    file = io.BytesIO()
    sizes[0].save(file, "ICO", sizes=[each.size for each in sizes], append_images=sizes[1:])
    return file.getvalue()
