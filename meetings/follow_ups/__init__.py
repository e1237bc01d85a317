"""Follow-ups of decisions and their progress."""
