"""The first moments of the program, before its commands are loaded."""

import subprocess
import sys

INTERRUPTED_IMPORT = """
import sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "scenarios.cli.app":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from scenarios.cli.__main__ import main
main()
"""


def test_ctrl_c_while_the_commands_are_loaded_leaves_a_word_and_a_code():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "avbrutt; ingenting ble skrevet\n")
