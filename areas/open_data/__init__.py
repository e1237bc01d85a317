"""Verified data for everybody: tables, GeoJSON, dictionary, data package."""
