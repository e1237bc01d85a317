"""The record in one file, and back: database and media, with a manifest that proves both."""
