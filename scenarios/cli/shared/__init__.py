"""What the commands share: options, streams, progress, messages and exit codes."""
