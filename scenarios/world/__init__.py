"""What a scenario is about: the bridge from data to problem, and the way to the solver."""
