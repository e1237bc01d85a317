"""The rules of slum areas, pure: progress, sums, plausibility, criteria, scores, sentences."""
