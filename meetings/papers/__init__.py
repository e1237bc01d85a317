"""A meeting's output: printed papers, attachments, mail, calendars and reminders."""
