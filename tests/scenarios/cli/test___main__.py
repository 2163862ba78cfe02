"""The first moments of the program, before its commands are loaded."""

import re
import subprocess
import sys
from importlib import metadata

import pytest
from program import ENVIRONMENT

from scenarios.cli.shared import failures, missing

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


LIBRARY_GONE = """
import sys
from importlib import metadata
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
found = metadata.Distribution.from_name
def from_name(name):
    if name in GONE:
        raise metadata.PackageNotFoundError(name)
    return found(name)
metadata.Distribution.from_name = from_name
sys.meta_path.insert(0, Gone())
from scenarios.cli.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["typer", "geopandas"], ids=["at once", "loading"])
def test_a_library_that_is_not_there_is_named_with_the_command_that_installs_it(name, tmp_path):
    program = f"import sys\nGONE = {{{name!r}}}\nsys.argv[1:] = ['run', '--county', '55', '--out', 'x', '--quiet']\n"
    done = subprocess.run(
        [sys.executable, "-c", program + LIBRARY_GONE],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=ENVIRONMENT,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (7, ""), done.stderr
    first, second = done.stderr.splitlines()
    assert first == f"error: a library that plankontor needs is not installed: {name}"
    assert re.fullmatch(rf'Install with: .*pip install .*"{name}>=[\d.]+"', second)
    assert not (tmp_path / "x").exists()


def test_a_library_that_cannot_be_loaded_is_no_fault_of_ours():
    broken = ImportError("libgdal.so.34: cannot open shared object file\nand more")
    first, second = missing.message(broken).splitlines()
    assert first.endswith("cannot be loaded: libgdal.so.34: cannot open shared object file")
    assert second.endswith("--force-reinstall .")
    assert failures.explained(broken)[0] == failures.Code.MISSING
    assert failures.explained(metadata.PackageNotFoundError("shapely"))[0] == failures.Code.MISSING
    own = ModuleNotFoundError("No module named 'optimizer.gone'", name="optimizer.gone")
    assert failures.explained(own)[0] == failures.Code.INTERNAL
