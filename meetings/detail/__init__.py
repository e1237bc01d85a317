"""The list of meetings and the page of one meeting."""
