"""The site's navigation, cached for all users with the same menu entries on the same page."""

from django import template

from kotaku.templatetags.drawings import drawing

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context, place: str) -> str:
    """Return the navigation for the current user; `place` is "sempit" or "lebar"."""
    user = context.get("user")
    is_signed_in = bool(user and user.is_authenticated)
    return drawing(
        "components/navigation.html",
        view_name=context.get("view_name", ""),
        place=place,
        is_signed_in=is_signed_in,
        is_officer=is_signed_in and user.is_village_officer,
        is_bappeda=is_signed_in and user.is_bappeda,
        is_staff=is_signed_in and user.is_staff,
    )
