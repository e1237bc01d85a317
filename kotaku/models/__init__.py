"""Regions, users, recovery codes, the audit, failed sign-ins, the version of the record."""

from kotaku.models.audit import AuditEvent
from kotaku.models.data_version import DataVersion
from kotaku.models.recovery import RecoveryCode
from kotaku.models.region import Region
from kotaku.models.throttle import FailedSignIn
from kotaku.models.user import Role, User

__all__ = ["AuditEvent", "DataVersion", "FailedSignIn", "RecoveryCode", "Region", "Role", "User"]
