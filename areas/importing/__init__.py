"""Spreadsheets and boundary files that staff bring: read, asked about, planned, applied.

A file is read by kotaku.spreadsheets and its columns by `columns`. What differs between kinds of
sheets (words, rows, plan, writing, template) is one module each in `kinds`. `applying` goes
through all steps, and `import_page` shows each.
"""
