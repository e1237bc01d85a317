"""Admin of contacts and failed sign-ins. Accounts are in `areas.admin`, because their forms need villages."""

from django.contrib import admin
from django_otp.plugins.otp_totp import admin as otp_admin
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.accounts.sign_in_limits import release_name_and_address
from kotaku.admin_site.regional_admin import RegionalAdmin
from kotaku.admin_site.secrets import SecretsStaySecret
from kotaku.admin_site.versions import NothingOverwritten
from kotaku.audit import trail
from kotaku.models import Contact, FailedSignIn, User

# Importing django-otp's admin registers it. Unregister it, because it shows the secrets; a lost
# phone is reset in the admin of accounts.
assert otp_admin
# The start page and the breadcrumbs lead everywhere; beside the lists there is no room for a third way.
admin.site.enable_nav_sidebar = False
admin.site.unregister(TOTPDevice)


@admin.register(Contact)
class ContactAdmin(RegionalAdmin):
    """Whom people of a region ask for help."""

    list_display = ["region", "office", "whatsapp", "phone", "email", "is_sample"]
    list_select_related = ["region"]
    fields = [
        *("region", "office", "person", "whatsapp", "phone"),
        *("email", "address", "hours", "is_sample"),
    ]


@admin.register(FailedSignIn)
class FailedSignInAdmin(NothingOverwritten, SecretsStaySecret, admin.ModelAdmin):
    """Failures of names at an address; deleting one unlocks its name and its IP address."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = list_display

    def get_queryset(self, request):
        """Return all failures, or for an admin with a region those of its accounts."""
        found = super().get_queryset(request)
        if request.user.region is None:
            return found
        people = User.objects.filter(request.user.within(User.region_path))
        return found.filter(username__in=people.values("username"))

    def has_add_permission(self, request):
        """Rows are created only by failed sign-ins."""
        return False

    def has_change_permission(self, request, obj=None):
        """Rows cannot be changed."""
        return False

    def marks_to_delete(self, row):
        """Ignore changes: further failures must not prevent the deletion."""
        return {}

    def delete_model(self, request, obj):
        """Unlock, and record it in the audit log."""
        self._release(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Unlock several, and record each in the audit log."""
        for attempt in queryset:
            self._release(request, attempt)
        super().delete_queryset(request, queryset)

    @staticmethod
    def _release(request, attempt):
        release_name_and_address(attempt.username, attempt.ip_address)
        trail.record(trail.Kind.SIGN_IN_RELEASED, request, text=str(attempt))
