"""No address of the admin asks about a secret: a filter by its beginning would guess it."""

import pytest
from django.contrib import admin
from django.urls import reverse

SECRETS = {"token", "password", "key", "digest", "secret", "get_data", "post_data", "session_data"}


def secret_lookups():
    """Each model of the admin with each field that is secret by its name, own or one step away."""
    for model in admin.site._registry:
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for field in model._meta.get_fields():
            if field.name in SECRETS:
                yield page, field.name
            elif field.is_relation and field.related_model:
                for other in field.related_model._meta.get_fields():
                    if other.name in SECRETS:
                        yield page, f"{field.name}__{other.name}"


@pytest.mark.parametrize("how", ["", "__startswith", "__gt", "__isnull"])
@pytest.mark.parametrize(("address", "field"), sorted(secret_lookups()))
def test_no_filter_guesses_a_secret(admin, client_of, address, field, how):
    assert client_of(admin).get(address, {f"{field}{how}": "a"}).status_code == 400


def test_the_secrets_are_found():
    fields = {field for _, field in secret_lookups()}
    assert {"token", "password", "post_data"} <= fields
