"""Django's SQLite backend with persistent connections."""
