"""Secret fields of models in the admin."""

SECRET = {"token", "password", "get_data", "post_data"}


class SecretsStaySecret:
    """Mixin: no filter in an address asks about a secret field, own or of a related row.

    Django allows filters by any field of the model: `?token__startswith=a` would guess it.
    """

    def lookup_allowed(self, lookup, value, request=None):
        """Refuse secret fields, and what Django refuses."""
        return SECRET.isdisjoint(lookup.split("__")) and super().lookup_allowed(
            lookup, value, request
        )
