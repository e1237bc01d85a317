"""The admin's rooms; importing them registers them."""

from django.contrib import admin

from areas.admin import figures, programmes, regions, users

admin.site.site_header = "KOTAKU Banjar — Admin"
admin.site.site_title = "KOTAKU Banjar"
admin.site.index_title = "Pengelolaan data"
admin.site.empty_value_display = "–"

__all__ = ["figures", "programmes", "regions", "users"]
