"""Versions, states and histories of records."""

from kotaku.workflow.refusals import StaleRecord, TransitionNotAllowed

__all__ = ["StaleRecord", "TransitionNotAllowed"]
