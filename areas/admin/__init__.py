"""Import all admin modules, which registers them."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group

from areas.admin import (
    assessments,
    boundaries,
    figures,
    places,
    programmes,
    spreadsheets,
    users,
    work_plan,
)

# The role is a field of the user; groups are not used.
admin.site.unregister(Group)
admin.site.site_header = f"{settings.SITE_NAME} — Admin"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Pengelolaan data"
admin.site.empty_value_display = "–"

__all__ = [
    "assessments",
    "boundaries",
    "figures",
    "places",
    "programmes",
    "spreadsheets",
    "users",
    "work_plan",
]
