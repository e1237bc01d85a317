"""Text that has one normal form in the database, however it was written."""

from django.db import models


class NormalTextField(models.CharField):
    """Stores, compares and looks up text in its normal form; subclasses say which that is."""

    def normal(self, text: str) -> str:
        """Return the normal form; text that has none comes back as it is."""
        raise NotImplementedError

    def get_prep_value(self, value):
        """Return what is stored, and what rows are looked up by."""
        text = super().get_prep_value(value)
        return self.normal(text) if isinstance(text, str) else text

    def pre_save(self, model_instance, add):
        """Leave the normal form on the instance too."""
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self):
        """Be a CharField to migrations, which must not change with the rule."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
