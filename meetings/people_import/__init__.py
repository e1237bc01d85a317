"""People from a pasted list or a spreadsheet: read, previewed, added as participants or members."""
