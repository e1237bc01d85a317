"""SQLite: connections kept from one request to the next, and exact decimal sums."""
