"""Pictures: maps drawn without a browser, for sheets, slides and small options."""
