"""Spreadsheets in, open data out.

In: sheet_file → sheets (xlsx, csv) → columns → rows → plan → resources; screens in import_screen.
Out: datasets → writers; version says whether anything has changed.
"""
