"""Long work: how long it may take, who may stop it, and the thread that does it."""
