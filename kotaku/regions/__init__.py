"""The home region of the site, and the region of a page."""
