"""Spreadsheets: files to cells, tables to files."""
