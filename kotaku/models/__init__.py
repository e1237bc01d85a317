"""The people who use the site, what is kept about their coming and going, the record's version."""

from kotaku.models.audit import AuditEvent
from kotaku.models.data_version import DataVersion
from kotaku.models.recovery import RecoveryCode
from kotaku.models.throttle import FailedSignIn
from kotaku.models.user import Role, User

__all__ = ["AuditEvent", "DataVersion", "FailedSignIn", "RecoveryCode", "Role", "User"]
