"""Data version, cached pages and results, read replica, optional Redis."""
