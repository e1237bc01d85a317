"""Fixtures for all tests."""

from tests.harness_fixtures import (  # noqa: F401
    forbid_writes_on_get,
    shuffle_unordered_querysets,
)
