"""What makes and checks the embedded data; nothing here is needed to run a scenario."""
