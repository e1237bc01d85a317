"""Minutes and decisions: writing, approval and addenda."""
