"""The people who use the site, and what is kept about their coming and going."""

from kotaku.models.audit import AuditEvent
from kotaku.models.recovery import RecoveryCode
from kotaku.models.throttle import FailedSignIn
from kotaku.models.user import Role, User

__all__ = ["AuditEvent", "FailedSignIn", "RecoveryCode", "Role", "User"]
