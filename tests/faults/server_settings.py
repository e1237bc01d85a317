"""The site as production runs it, but over HTTP and without collected static files."""

from kotaku.settings import *  # noqa: F403
from kotaku.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
