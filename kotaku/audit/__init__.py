"""The audit trail: recording, filters and pages."""
