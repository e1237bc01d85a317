"""Spreadsheets, each with the preview that it must give.

A case is a folder in `cases/` with

- the file: stored byte for byte under its own name, or made by `make.py`, whose `make()` returns
  the bytes (builders for workbooks: `tests.corpus.books` and `tests.areas.importing.books`);
- `expected.json` with these keys:
  - `about`: one line on the kind of file and the program or hand that makes such files;
  - `kind`: "angka" (default), "baseline" or "penilaian";
  - `name`: under which name the file is uploaded, where it is made by `make.py`;
  - `preview`: what the preview shows (see `preview.py`);
  - `then`: answers to the preview's questions and what it shows after each (optional):
    `[{"answers": {"label": "choice as shown"}, "preview": {…}}]`.

The record is the same for every case: the 25 villages of Kota Banjar with the baselines of
`record.py`, in a period that begins in 2016.

`WRITE_CORPUS=1 pytest tests/corpus -k name` writes what the preview shows now into
`expected.json`: read every line before you commit it, for what is written there is the truth.
"""
