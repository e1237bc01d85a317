"""Regions, contacts, users, their second step, audit events, failed sign-ins, sent forms, data version."""

from kotaku.models.audit import AuditEvent
from kotaku.models.code_app import CodeApp
from kotaku.models.contact import Contact
from kotaku.models.data_version import DataVersion
from kotaku.models.recovery import RecoveryCode
from kotaku.models.region import Region
from kotaku.models.sent_form import SentForm
from kotaku.models.throttle import FailedSignIn
from kotaku.models.user import Role, User

__all__ = [
    "AuditEvent",
    "CodeApp",
    "Contact",
    "DataVersion",
    "FailedSignIn",
    "RecoveryCode",
    "Region",
    "Role",
    "SentForm",
    "User",
]
