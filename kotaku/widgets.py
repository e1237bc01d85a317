"""The controls that forms are full of, written in Python instead of by Django's templates.

A field would go through half a dozen small templates, and a form through most of its page's time.
What stands here is what Django's own templates write (a test holds one against the other); every
other control is left to them.
"""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def _attributes(attrs: Mapping) -> SafeString:
    with_value = [(name, value) for name, value in attrs.items() if value not in (True, False)]
    if len(with_value) == len(attrs):
        return format_html_join("", ' {}="{}"', with_value)
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in attrs.items()
            if value is not False
        ),
    )


def _input(context: Mapping) -> SafeString:
    widget = context["widget"]
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', value),
        _attributes(widget["attrs"]),
    )


def _textarea(context: Mapping) -> SafeString:
    widget = context["widget"]
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attributes(widget["attrs"]),
        widget["value"] or "",
    )


def _no_errors(context: Mapping) -> SafeString | None:
    return None if context["errors"] else SafeString("")


WRITTEN = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/email.html": _input,
    "django/forms/widgets/date.html": _input,
    "django/forms/widgets/time.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/errors/list/default.html": _no_errors,
}


def written(template_name: str, context: Mapping) -> SafeString | None:
    """Return what this template would write, or None where it has to do so itself."""
    write = WRITTEN.get(template_name)
    return write(context) if write else None
