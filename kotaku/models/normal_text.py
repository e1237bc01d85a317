"""Text stored in a normal form."""

from django.db import models


class NormalTextField(models.CharField):
    """Stores, compares and looks up text in a normal form, which subclasses define."""

    def normal(self, text: str) -> str:
        """Return the normal form, or the text unchanged if it has none."""
        raise NotImplementedError

    def stored_form(self, vendor: str) -> str:
        """Return an SQL condition that is true for normal forms, with {} for the column."""
        raise NotImplementedError

    def get_prep_value(self, value):
        """Return the normal form for storing and for lookups."""
        text = super().get_prep_value(value)
        return self.normal(text) if isinstance(text, str) else text

    def pre_save(self, model_instance, add):
        """Set the normal form on the instance as well."""
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self):
        """Deconstruct to a CharField, so that migrations do not depend on the normal form."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
