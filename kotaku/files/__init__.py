"""Stored files: storage, upload checks, photos, downloads."""
