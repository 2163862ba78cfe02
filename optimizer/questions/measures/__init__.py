"""What helps those who stand alone or are short of planners, and in which order offices start."""
