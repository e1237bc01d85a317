"""Backup and restore: database and uploaded files in one archive with a manifest."""
