"""Assessments of RTs by the criteria: steps, result, village totals, review."""
