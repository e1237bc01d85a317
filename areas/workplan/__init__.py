"""The work plan: activities, costs, expected effect, community boards."""
