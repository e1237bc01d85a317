"""Access to pages by role. Access to rows is decided by querysets."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from kotaku.models import Role


def role_required(*roles):
    """Let only these roles and admins open a view; others get the 403 page."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.user.is_superuser or request.user.role in roles:
                return view(request, *args, **kwargs)
            raise PermissionDenied

        return guarded

    return decorate


bappeda_required = role_required(Role.BAPPEDA)
