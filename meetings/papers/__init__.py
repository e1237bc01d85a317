"""What leaves the site for a meeting: printed papers, attachments, mail, calendars, reminders."""
