"""Compute charts and maps (pure); the templates in `templates/charts` render them."""
