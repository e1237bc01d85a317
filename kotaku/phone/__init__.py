"""The site on a phone: installing it, reading without a line, forms that wait for a line."""
