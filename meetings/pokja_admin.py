"""The admin of the working group: decrees and members, corrected here, recorded on the site's pages."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from kotaku.admin_site.read_only_admin import ReadOnlyInline
from kotaku.admin_site.regional_admin import RegionalAdmin
from meetings.models import PokjaDecree, PokjaEvent, PokjaMember
from meetings.models.pokja import MEMBER_FIELDS, TWIN_DECREE, TWIN_MEMBER
from meetings.planning.forms import accounts_of


class CorrectedAdmin(RegionalAdmin):
    """Rows that are only corrected here; each correction is a line of the decree's history."""

    def has_add_permission(self, request):
        """Rows are added on the site's own pages."""
        return False

    def has_delete_permission(self, request, obj=None):
        """It stays known who was a member when."""
        return False

    def save_model(self, request, obj, form, change):
        """Store the row as its own page does; older forms notice its new version."""
        stored = self.model.objects.get(pk=obj.pk)
        values = {name: form.cleaned_data[name] for name in form.fields}
        stored.store(by=request.user, version=stored.version, values=values)


class DecreeForm(forms.ModelForm):
    """A decree; its region stays."""

    def clean(self):
        """Refuse the number of another decree of the region."""
        cleaned = super().clean()
        others = PokjaDecree.objects.filter(region=self.instance.region).exclude(
            pk=self.instance.pk
        )
        if others.filter(number__iexact=cleaned.get("number", "")).exists():
            self.add_error("number", TWIN_DECREE)
        return cleaned


class MemberForm(forms.ModelForm):
    """A member; the decree stays."""

    def clean(self):
        """Refuse the name, or the position without one, of another member under the decree."""
        cleaned = super().clean()
        name, key = cleaned.get("name", ""), "name" if cleaned.get("name") else "position"
        twins = self.instance.decree.members.exclude(pk=self.instance.pk).filter(
            **{
                "name__iexact": name,
                f"{key}__iexact": cleaned.get(key, ""),
                "organisation__iexact": cleaned.get("organisation", ""),
            }
        )
        if twins.exists():
            self.add_error(key, TWIN_MEMBER)
        return cleaned


class PokjaMemberInline(ReadOnlyInline):
    """The members that a decree appoints; each is corrected on its own page."""

    model = PokjaMember
    fields = readonly_fields = [
        "name",
        "position",
        "organisation",
        "role",
        "section",
        "valid_until",
        "correction",
    ]

    @admin.display(description="koreksi")
    def correction(self, member):
        """Link to the member's form."""
        url = reverse("admin:meetings_pokjamember_change", args=[member.pk])
        return format_html('<a href="{}">Koreksi {}</a>', url, member.display_name)


class PokjaEventInline(ReadOnlyInline):
    """The history, oldest first."""

    model = PokjaEvent
    fields = readonly_fields = ["at", "actor", "kind", "who", "changes"]


@admin.register(PokjaDecree)
class PokjaDecreeAdmin(CorrectedAdmin):
    """Decrees that appoint the working group."""

    form = DecreeForm
    fields = ["region", "number", "decreed_on", "about", "valid_from", "valid_to", "page"]
    readonly_fields = ["region", "page"]
    list_display = ["number", "about", "valid_from", "valid_to", "region", "page"]
    list_filter = ["valid_from"]
    search_fields = ["number", "about"]
    list_select_related = ["region"]
    inlines = [PokjaMemberInline, PokjaEventInline]

    @admin.display(description="halaman")
    def page(self, decree):
        """Link to the decree's own page."""
        url = reverse("meetings:pokja-decree", args=[decree.pk])
        return format_html('<a href="{}">Buka</a>', url)


@admin.register(PokjaMember)
class PokjaMemberAdmin(CorrectedAdmin):
    """Members of the working group, found by name under all decrees."""

    form = MemberForm
    fields = ["decree", *MEMBER_FIELDS]
    readonly_fields = ["decree"]
    list_display = ["display_name", "position", "organisation", "role", "decree", "valid_until"]
    list_filter = ["role", "unsur"]
    search_fields = ["name", "position", "organisation"]
    list_select_related = ["decree"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the accounts of the decree's region, as the site's own form does."""
        pk = request.resolver_match.kwargs.get("object_id")
        member = self.get_object(request, pk) if pk else None
        if member and db_field.name == "user":
            kwargs["queryset"] = accounts_of(member.decree.region, member.user_id)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
