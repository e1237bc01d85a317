"""The contact that a page shows."""

from django import template

from kotaku.models import Contact
from kotaku.regions.contact import contact_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_contact(context) -> Contact | None:
    """Return the contact for this page and user; None until an admin has entered one."""
    return contact_of(context["request"]) if "request" in context else None
