"""Questions between a village and Bappeda on a figure, an assessment or an activity."""
