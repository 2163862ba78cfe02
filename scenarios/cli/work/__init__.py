"""What the commands do, each in the module of its name, loaded when it is called."""
