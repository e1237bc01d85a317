"""Limit admins with a region to the rows of that region.

A province or the nation has too many rows for a list, so related rows are searched for there.
"""

from django.contrib import admin
from django.db.models import DateField, DateTimeField, IntegerField, Q

from kotaku.admin_site.autocomplete import SearchedRows
from kotaku.admin_site.secrets import SecretsStaySecret
from kotaku.admin_site.versions import NothingOverwritten
from kotaku.interface.fields import (
    PlausibleDateField,
    PlausibleMomentField,
    SeveralField,
    WholeNumberField,
    is_key,
)
from kotaku.models import Region, User
from kotaku.models.region import inside
from kotaku.regions.home import working_region

MANY = 300


def own(queryset, user):
    """Return the rows of this user's region, or all rows if the user has none.

    `region_path` of a model names the lookup from its rows to their region.
    """
    if user.region is None:
        return queryset
    if queryset.model is Region:
        return queryset.of(user)
    path = getattr(queryset.model, "region_path", None)
    return queryset if path is None else queryset.filter(inside(user.region, path))


def are_many(queryset) -> bool:
    """Whether there are too many rows for a list of choices."""
    return queryset.order_by()[: MANY + 1].count() > MANY


class FewChoicesFilter(admin.RelatedFieldListFilter):
    """A list filter by related rows of the user's region; left out if they are many."""

    def field_choices(self, field, request, model_admin):
        """Return the choices, none if they are many."""
        rows = own(_rows(field), request.user)
        if are_many(rows):
            return []
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(
            include_blank=False, ordering=ordering, limit_choices_to={"pk__in": rows}
        )


class TypedFields:
    """Mixin: the admin's forms read dates and whole numbers like the site's own forms."""

    formfield_overrides = {
        DateField: {"form_class": PlausibleDateField},
        DateTimeField: {"form_class": PlausibleMomentField},
        IntegerField: {"form_class": WholeNumberField},
    }


class RegionalAdmin(
    TypedFields, SearchedRows, NothingOverwritten, SecretsStaySecret, admin.ModelAdmin
):
    """Limits lists and form choices to the user's region."""

    # Fields whose related rows are listed if they are few, and searched for if they are many.
    searched_when_many = ()

    def get_queryset(self, request):
        """Return the rows of the user's region."""
        return own(super().get_queryset(request), request.user)

    # Whether rows belong to a kabupaten or kota only, never to a province or the nation.
    is_of_regency = False

    def get_autocomplete_fields(self, request):
        """Return the fields with too many related rows for a list."""
        fields = map(self.opts.get_field, self.searched_when_many)
        many = [each.name for each in fields if are_many(own(_rows(each), request.user))]
        return [*super().get_autocomplete_fields(request), *many]

    def get_changeform_initial_data(self, request):
        """Set the user's region as the initial value of new rows."""
        initial = super().get_changeform_initial_data(request)
        region = working_region(request.user)
        if region and not (self.is_of_regency and region.is_summed):
            initial.setdefault("region", region.pk)
        return initial

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer rows of the user's region and those already stored."""
        rows = own(_rows(db_field), request.user)
        if self.is_of_regency and db_field.name == "region":
            rows = rows.exclude(parent=None)
        kwargs.setdefault("queryset", with_stored(rows, _stored(db_field, request)))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.model is User and db_field.name == "region" and request.user.region:
            # Users with a region cannot grant access to all regions.
            field.required = True
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer rows of the user's region and those already stored."""
        rows = own(_rows(db_field), request.user)
        kwargs.setdefault("queryset", with_stored(rows, _stored(db_field, request)))
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def with_stored(rows, stored):
    """Add the stored rows to the choices, so that saving a form again does not remove them."""
    return rows.model._default_manager.filter(Q(pk__in=rows) | Q(pk__in=stored))


def _rows(db_field):
    return db_field.remote_field.model._default_manager.all()


def _stored(db_field, request):
    """Return the keys that the edited row has in this field."""
    pk = request.resolver_match.kwargs.get("object_id")
    found = db_field.model._base_manager.filter(pk=pk if is_key(pk) else None)
    return found.exclude(**{db_field.name: None}).values(db_field.name)
