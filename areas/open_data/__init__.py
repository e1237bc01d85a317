"""Verified data for the public: tables, GeoJSON, dictionary, data package."""
