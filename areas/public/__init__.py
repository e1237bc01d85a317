"""The public pages: home, villages, regions, maps, charts to download."""
