from django.apps import AppConfig


class KotakuConfig(AppConfig):
    """The house itself: people, formats, sign-in, error pages."""

    name = "kotaku"
    verbose_name = "Pengguna"
