"""What could go wrong, in figures: named stresses, one change at a time, and how far a driver may move."""
