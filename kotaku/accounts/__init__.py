"""Accounts: sign-in, second step, passwords, profile, admin of users."""
