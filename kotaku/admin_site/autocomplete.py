"""Fields of the admin in which a row is searched for instead of picked from a list of all."""

from contextlib import suppress

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import FieldDoesNotExist, PermissionDenied

from kotaku.interface.fields import is_key


def search(request):
    """Answer a search field; what no form has (a relation seen from its other end) is refused."""
    names = [request.GET.get(each, "") for each in ("app_label", "model_name", "field_name")]
    with suppress(LookupError, FieldDoesNotExist):  # Django refuses these itself.
        if not apps.get_model(*names[:2])._meta.get_field(names[2]).concrete:
            raise PermissionDenied
    return admin.site.autocomplete_view(request)


class KeysOnly:
    """Shows a refused form again whatever its search fields were sent; Django's own would break."""

    def optgroups(self, name, value, attrs=None):
        """Look only for what can be a key."""
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


class SearchOne(KeysOnly, AutocompleteSelect):
    """One row."""


class SearchSeveral(KeysOnly, AutocompleteSelectMultiple):
    """Several rows."""


class SearchedRows:
    """For a room of the admin or a table in one: its `autocomplete_fields` take keys only."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Return the field of one row."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Return the field of several rows."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
