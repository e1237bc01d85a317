"""The rooms of accounts: what holds a sign-in back. Accounts themselves know villages, so `areas` has them."""

from django.contrib import admin
from django_otp.plugins.otp_totp import admin as otp_admin
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.admin_site.versions import NothingOverwritten
from kotaku.audit import trail
from kotaku.models import FailedSignIn, User

# Importing it has registered it; secrets of phones are nobody's to read, and a lost one is reset
# from the account.
assert otp_admin
admin.site.unregister(TOTPDevice)


@admin.register(FailedSignIn)
class FailedSignInAdmin(NothingOverwritten, admin.ModelAdmin):
    """Failures that count at present; deleting them lets an account or an address try again."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = list_display

    def get_queryset(self, request):
        """Return all to who keeps the whole site, else those at accounts of the admin's region."""
        found = super().get_queryset(request)
        if request.user.region is None:
            return found
        people = User.objects.filter(request.user.within(User.region_path))
        return found.filter(username__in=people.values("username"))

    def has_add_permission(self, request):
        """Only failures make such rows."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing to change."""
        return False

    def marks_to_delete(self, row):
        """Unlock however many failures there are by then."""
        return {}

    def delete_model(self, request, obj):
        """Unlock, with a line in the audit."""
        self._remember(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Unlock several, with a line each."""
        for attempt in queryset:
            self._remember(request, attempt)
        super().delete_queryset(request, queryset)

    @staticmethod
    def _remember(request, attempt):
        trail.record(trail.Kind.SIGN_IN_RELEASED, request, text=str(attempt))
