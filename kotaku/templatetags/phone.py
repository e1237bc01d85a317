"""What every page tells a phone: icons and colours of the app, the account, its scripts."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from kotaku.colours import THEME

register = template.Library()
# Pages without an account that still concern the account signed in before.
QUEUE_PAGES = ("login", "second-step", "queue", "offline")


@register.inclusion_tag("components/phone_head.html")
def phone_head() -> dict:
    """Return the manifest, icon and bar colours for the head of a page."""
    return {"light": THEME["light"], "dark": THEME["dark"]}


@register.simple_tag(takes_context=True)
def phone_account(context) -> str:
    """Return the attributes that name the signed-in account, for the queue on the phone."""
    user = context.get("user")
    if not (user and user.is_authenticated):
        return ""
    return format_html(
        ' data-kotaku-account="{}" data-kotaku-name="{}"', user.pk, user.get_username()
    )


@register.simple_tag(takes_context=True)
def phone_scripts(context) -> str:
    """Return the scripts; the queue only where an account is or was signed in."""
    user = context.get("user")
    is_signed_in = bool(user and user.is_authenticated)
    has_queue = is_signed_in or context.get("view_name") in QUEUE_PAGES
    queue = format_html('<script src="{}" defer></script>\n', static("js/queue.js"))
    phone = format_html('<script type="module" src="{}"></script>', static("js/phone.js"))
    return format_html("{}{}", queue if has_queue else "", phone)
