"""What charts and maps consist of, pure: the templates in `templates/charts` draw it."""
