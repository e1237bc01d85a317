"""Which decision or follow-up an activity of the work plan goes back to."""
