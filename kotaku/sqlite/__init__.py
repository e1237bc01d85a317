"""The database backend for SQLite: Django's own, with connections that may be kept."""
