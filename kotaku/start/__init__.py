"""The admin's start page: what waits, what is odd, what is still to be set up."""
