"""Planning a meeting: the form with its rows, invitation list, attendance."""
