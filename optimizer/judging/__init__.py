"""What a grouping is worth: the specification, and what follows from it without a solver."""
