"""Import of spreadsheets and boundary files: read, ask questions, plan, apply.

kotaku.spreadsheets reads a file, and `columns` recognises its columns. Each kind of sheet has one
module in `kinds` with its vocabulary, rows, plan, writing and template. `applying` runs all
steps, and `import_page` shows each. `batches` reads large files over several requests.
"""
