"""The contact that a page shows."""

from django import template

from kotaku.mail import has_server
from kotaku.models import Contact
from kotaku.regions.contact import contact_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_contact(context) -> Contact | None:
    """Return the contact for this page and user; None until an admin has entered one."""
    return contact_of(context["request"]) if "request" in context else None


@register.simple_tag
def mail_is_sent() -> bool:
    """Whether this site can send mail, and so a link for a new password."""
    return has_server()
