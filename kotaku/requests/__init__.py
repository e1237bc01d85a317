"""HTTP requests: middleware, permissions, kept forms, error pages, logs, health."""
