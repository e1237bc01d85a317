"""The account that stands for a published source."""

from kotaku.models import Role, User

# Stands for what was announced; a figure that it "verified" is taken from there, and Bappeda has not
# examined it.
SOURCE_ACCOUNT = "sumber-resmi"


def source_account(username, name):
    """Return the account that stands for a published source; nobody can sign in with it."""
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "first_name": name,
            "position": "Bukan orang: mewakili data yang sudah diumumkan",
            "role": Role.VIEWER,
            "is_active": False,
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
