"""The audit trail: what is recorded, filters and pages."""
