"""How fast the site is: `make bench`. Not tests: what they say depends on the machine."""
