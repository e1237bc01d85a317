"""Passing a page on: social cards with their pictures, the map of the site for search engines."""
