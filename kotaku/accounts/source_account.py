"""The account that represents a published source."""

from kotaku.models import Role, User

# Figures "verified" by this account are copied from an announcement; Bappeda has not examined them.
SOURCE_ACCOUNT = "sumber-resmi"


def source_account(username, name):
    """Return the account of a published source; it cannot sign in."""
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": name,
            "position": "Bukan orang: mewakili data yang sudah diumumkan",
            "role": Role.VIEWER,
            "is_active": False,
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
