"""Personal data: what is kept and for how long, its deletion, and removing a person's contacts."""
