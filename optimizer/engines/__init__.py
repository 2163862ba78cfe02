"""The engines: they list, choose and prove, and never use the specification."""
