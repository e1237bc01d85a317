"""Load data for the rules: series of villages, cities, provinces and the nation."""
