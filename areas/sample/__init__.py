"""Reference data with their sources, and invented data marked as sample."""
