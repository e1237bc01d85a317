"""The recap of the meetings of a period: how many, who came, what was decided, what became of it."""
