"""Links from activities of the work plan to decisions and follow-ups."""
