"""Admin classes for reading only; these rows change only on the site's own pages."""

from django.contrib import admin

from kotaku.admin_site.regional_admin import RegionalAdmin


class ReadOnlyAdmin(RegionalAdmin):
    """Rows that change only on the site's own pages, which record events."""

    def has_add_permission(self, request):
        """Nothing is added here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted here."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows shown for reading only."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Nothing is added here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing is changed here."""
        return False
