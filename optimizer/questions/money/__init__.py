"""Questions about kroner that need a solver."""
