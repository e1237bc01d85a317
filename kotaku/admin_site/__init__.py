"""The admin on this site: regions, stale forms, deletions."""
