"""A request on its way: middleware, permissions, kept forms, error pages, logs, health."""
