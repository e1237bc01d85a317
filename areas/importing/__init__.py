"""Spreadsheets and boundary files that staff bring: read, asked about, planned, applied.

A file is read by kotaku.spreadsheets, its columns by `columns`, its rows by `rows`, compared with
the record by `planning` and stored by `applying`; `import_page` shows each step.
"""
