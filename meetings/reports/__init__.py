"""Public reports of meetings, with their feed."""
