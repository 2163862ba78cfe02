"""What a run asks beside its plan: how firm it is, and what is best at other prices."""
