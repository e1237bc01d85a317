"""Rooms of the admin in which rows are looked at; only their verbs change them, on the site."""

from django.contrib import admin

from kotaku.admin_site.regional_admin import RegionalAdmin


class ReadOnlyAdmin(RegionalAdmin):
    """Rows that only their verbs change, on the site's own pages, where they leave a trace."""

    def has_add_permission(self, request):
        """Nothing is added here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nothing acknowledged is ever lost."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows that are looked at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Nothing is added here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing is changed here."""
        return False
