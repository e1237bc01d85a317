"""Fields of the admin in which a row is searched for instead of picked from a list of all."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from kotaku.forms import is_key


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
