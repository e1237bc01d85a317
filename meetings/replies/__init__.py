"""Answers to invitations: by the signed link of an invitation, by account, or recorded by Bappeda."""
