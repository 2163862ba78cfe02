"""Many runs: one scenario under many settings, its table, and what that says."""
