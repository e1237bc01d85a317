"""The yearly figure of a village: entry, review, evidence, mail, to-do list, history."""
