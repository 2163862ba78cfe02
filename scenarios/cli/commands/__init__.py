"""The commands as users meet them: options and help, and nothing that takes long to load."""
