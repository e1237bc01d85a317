"""Reference data with their sources, and sample data that say so."""
