"""Where the program begins: before its commands are loaded, so that Ctrl-C is answered from the first moment."""

import os
import sys


def main() -> None:
    """Load the commands and run them."""
    try:
        from scenarios.cli import main as run  # noqa: PLC0415 - what takes the time that somebody may interrupt
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; nothing was written\n")
        sys.stderr.flush()
        os._exit(130)
    run()
