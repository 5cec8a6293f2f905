"""What the portal remembers about itself."""

from portal.models.audit import AuditEntry
from portal.models.jobs import JobRun
from portal.models.staff_sessions import StaffSession

__all__ = ["AuditEntry", "JobRun", "StaffSession"]
