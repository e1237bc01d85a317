"""Verify the record as a whole: database, rules, files, sums and histories against each other."""
