"""The application: scenario files, the bridge from data to problem, runs on disk, the command line."""
