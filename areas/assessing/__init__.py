"""The official assessment of RTs on the screen: steps, forms, results, a village's sum."""
