"""Follow-ups of decisions until they are done."""
