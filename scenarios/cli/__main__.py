"""Where the program begins: before its commands are loaded, so that Ctrl-C is answered from the first moment."""

import os
import sys
import time


def main() -> None:
    """Load the commands and run them."""
    begun = time.perf_counter()
    try:
        from scenarios.cli.app import main as run  # noqa: PLC0415 - see above
    except KeyboardInterrupt:
        from scenarios.cli.shared.failures import interrupted  # noqa: PLC0415 - see above

        sys.stderr.write(interrupted(sys.argv) + "\n")
        sys.stderr.flush()
        os._exit(130)
    except ImportError as fault:
        from scenarios.cli.shared import missing  # noqa: PLC0415 - see above

        if not missing.is_missing(fault):
            raise
        sys.stderr.write(missing.message(fault) + "\n")
        sys.exit(missing.CODE)
    run(begun)


if __name__ == "__main__":
    main()
