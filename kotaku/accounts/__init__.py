"""Accounts: sign-in, second step, passwords, profile."""
