"""Versions and states of records."""
