"""Admin fields in which a related row is searched for instead of chosen from a full list."""

from contextlib import suppress

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import FieldDoesNotExist, PermissionDenied

from kotaku.interface.fields import is_key


def search(request):
    """Answer a search field; refuse relations that no form has, such as reverse ones."""
    names = [request.GET.get(each, "") for each in ("app_label", "model_name", "field_name")]
    with suppress(LookupError, FieldDoesNotExist):  # Django refuses these by itself.
        if not apps.get_model(*names[:2])._meta.get_field(names[2]).concrete:
            raise PermissionDenied
    return admin.site.autocomplete_view(request)


class KeysOnly:
    """Ignores invalid keys when a form is shown again; Django's own widget raises an error."""

    def optgroups(self, name, value, attrs=None):
        """Look up valid keys only."""
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


class SearchOne(KeysOnly, AutocompleteSelect):
    """A search field for one row."""


class SearchSeveral(KeysOnly, AutocompleteSelectMultiple):
    """A search field for several rows."""


class SearchedRows:
    """Mixin for admin classes and inlines: their `autocomplete_fields` accept valid keys only."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Return the field for one related row."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Return the field for several related rows."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
