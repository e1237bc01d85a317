"""The home region of a person, and the region of a page."""
