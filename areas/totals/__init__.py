"""From the database to the rules: series of villages, cities, provinces and the nation."""
