"""Versions of the record, kept pages, remembered answers, replica, optional Redis."""
