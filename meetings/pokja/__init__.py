"""The standing list of the working group (Pokja): decrees, members, their contacts."""
