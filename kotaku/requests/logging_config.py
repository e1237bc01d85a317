"""Logging setup. The settings import this module, so it must not import Django."""


def logging_config(*, as_json: bool) -> dict:
    """Return Django's LOGGING: everything to stderr, faults to the admins as well."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "kotaku.requests.logs.RequestId"},
            "masked": {"()": "kotaku.requests.logs.MaskedPaths"},
            "not_debug": {"()": "django.utils.log.RequireDebugFalse"},
        },
        "formatters": {
            "json": {"()": "kotaku.requests.logs.JsonLines"},
            "plain": {
                "()": "kotaku.requests.logs.PlainLines",
                "format": "{levelname} {name}: {message}",
                "style": "{",
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id", "masked"],
                "formatter": "json" if as_json else "plain",
            },
            "mail": {
                "class": "kotaku.requests.logs.FaultMail",
                "level": "ERROR",
                "filters": ["request_id", "not_debug"],
            },
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["stderr", "mail"], "level": "INFO", "propagate": False},
            "kotaku": {"handlers": ["stderr", "mail"], "level": "INFO", "propagate": False},
            "areas": {"handlers": ["stderr", "mail"], "level": "INFO", "propagate": False},
            "meetings": {"handlers": ["stderr", "mail"], "level": "INFO", "propagate": False},
            # runserver writes access lines itself.
            "kotaku.access": {"level": "INFO" if as_json else "WARNING"},
            # Scanners send wrong host names all day; do not mail about it.
            "django.security.DisallowedHost": {"handlers": ["stderr"], "propagate": False},
        },
    }
