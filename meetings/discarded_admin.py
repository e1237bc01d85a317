"""Discarded drafts in the admin: in no list unless asked for, and restored from there."""

from django.contrib import admin, messages

from kotaku.workflow import StaleRecord, TransitionNotAllowed

DISCARDED = "discarded"


class StateFilter(admin.SimpleListFilter):
    """The states of meetings or reports; without a choice, all but discarded drafts."""

    title = "keadaan"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Return the states."""
        return model_admin.model.states.choices

    def queryset(self, request, queryset):
        """Return the rows in the chosen state."""
        if self.value() is None:
            return queryset.exclude(state=DISCARDED)
        return queryset.filter(state=self.value())

    def choices(self, changelist):
        """Say what the list without a choice leaves out."""
        everything, *states = super().choices(changelist)
        yield everything | {"display": "Semua kecuali yang dibuang"}
        yield from states


class RestoresDrafts(admin.ModelAdmin):
    """Offers to restore discarded drafts to admins."""

    actions = ["restore"]

    @admin.action(description="Pulihkan draf yang dibuang", permissions=["restore"])
    def restore(self, request, queryset):
        """Make the chosen discarded rows drafts again; say of each other one why it is not."""
        restored = 0
        for row in queryset:
            try:
                row.restore(by=request.user, version=row.version)
                restored += 1
            except (TransitionNotAllowed, StaleRecord) as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
        if restored:
            self.message_user(request, f"{restored} draf dipulihkan.")

    def has_restore_permission(self, request):
        """Only admins restore."""
        return request.user.is_active and request.user.is_superuser
