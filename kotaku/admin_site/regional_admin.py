"""An admin who works in one region keeps what lies there, and sees nothing else.

Of a province or the nation there are more rows than anybody scrolls through: they are searched for.
"""

from django.contrib import admin
from django.db.models import DateField, DateTimeField, IntegerField, Q

from kotaku.admin_site.autocomplete import SearchedRows
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
    """Return the rows of this person's region; all to who has none.

    A model says in `region_path` how its rows lead to their region.
    """
    if user.region is None:
        return queryset
    if queryset.model is Region:
        return queryset.of(user)
    path = getattr(queryset.model, "region_path", None)
    return queryset if path is None else queryset.filter(inside(user.region, path))


def are_many(queryset) -> bool:
    """Whether there are more rows than a list to choose from is good for."""
    return queryset.order_by()[: MANY + 1].count() > MANY


class FewChoicesFilter(admin.RelatedFieldListFilter):
    """A filter of a list by a related row of one's region; not there while these are many."""

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
    """Reads dates and whole numbers of the admin's forms as the rest of the site does."""

    formfield_overrides = {
        DateField: {"form_class": PlausibleDateField},
        DateTimeField: {"form_class": PlausibleMomentField},
        IntegerField: {"form_class": WholeNumberField},
    }


class RegionalAdmin(TypedFields, SearchedRows, NothingOverwritten, admin.ModelAdmin):
    """Limits lists, and what can be chosen in forms, to the region of the person who looks."""

    # Related rows that are listed while they are few, and searched for when they are many.
    searched_when_many = ()

    def get_queryset(self, request):
        """Return the rows of this person's region."""
        return own(super().get_queryset(request), request.user)

    # Whether its rows belong to a kabupaten or kota, never to what sums several.
    is_of_regency = False

    def get_autocomplete_fields(self, request):
        """Search for what this person has too many rows of."""
        fields = map(self.opts.get_field, self.searched_when_many)
        many = [each.name for each in fields if are_many(own(_rows(each), request.user))]
        return [*super().get_autocomplete_fields(request), *many]

    def get_changeform_initial_data(self, request):
        """Begin new rows in the region that this person works in."""
        initial = super().get_changeform_initial_data(request)
        region = working_region(request.user)
        if region and not (self.is_of_regency and region.is_summed):
            initial.setdefault("region", region.pk)
        return initial

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer what lies in this person's region."""
        rows = own(_rows(db_field), request.user)
        if self.is_of_regency and db_field.name == "region":
            rows = rows.exclude(parent=None)
        kwargs.setdefault("queryset", with_stored(rows, _stored(db_field, request)))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.model is User and db_field.name == "region" and request.user.region:
            # Who works in one region gives nobody all of them.
            field.required = True
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer what lies in this person's region."""
        rows = own(_rows(db_field), request.user)
        kwargs.setdefault("queryset", with_stored(rows, _stored(db_field, request)))
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def with_stored(rows, stored):
    """Return these rows and those with a stored key: who saves a row again takes nothing away."""
    return rows.model._default_manager.filter(Q(pk__in=rows) | Q(pk__in=stored))


def _rows(db_field):
    return db_field.remote_field.model._default_manager.all()


def _stored(db_field, request):
    """Return the keys that the row in the address has in this field."""
    pk = request.resolver_match.kwargs.get("object_id")
    found = db_field.model._base_manager.filter(pk=pk if is_key(pk) else None)
    return found.exclude(**{db_field.name: None}).values(db_field.name)
