"""Read and write spreadsheets (XLSX, CSV)."""
