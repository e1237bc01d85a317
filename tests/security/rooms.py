"""Every address of the site with arguments that exist, discovered from the permission table."""

from django.urls import reverse

from tests.test_permissions import ADMIN_PAGES, POSTS, TABLE


def addresses(world) -> dict[str, str]:
    """Return name -> address of something that is there, for every URL of the table."""
    found = {}
    for name, (_, what, _) in TABLE.items():
        arguments, query = world[what]
        found[name] = reverse(name, args=arguments, query=query)
    return found


def takes_posts(name) -> bool:
    """Say whether the table posts to this address."""
    return name in POSTS or TABLE[name][0] == "post"


__all__ = ["ADMIN_PAGES", "POSTS", "TABLE", "addresses", "takes_posts"]
