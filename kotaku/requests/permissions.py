"""Access to pages by role. Access to rows is decided by querysets."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from kotaku.models import Role


def only_for(is_allowed):
    """Let only users for whom `is_allowed(user)` is true open a view; others get the 403 page."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if is_allowed(request.user):
                return view(request, *args, **kwargs)
            raise PermissionDenied

        return guarded

    return decorate


def role_required(*roles):
    """Let only these roles and admins open a view; others get the 403 page."""
    return only_for(lambda user: user.is_superuser or user.role in roles)


bappeda_required = role_required(Role.BAPPEDA)
