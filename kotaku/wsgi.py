"""The WSGI entry point for application servers."""

import os

from django.core.wsgi import get_wsgi_application

from kotaku.requests.charset import only_utf8
from kotaku.requests.whole_requests import counting_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kotaku.settings")

application = only_utf8(counting_bodies(get_wsgi_application()))
