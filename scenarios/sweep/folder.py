"""The folder of a sweep: begun, known again and continued if it asks the same, finished with its checksums."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from geodata.faults import DataError, DataFault
from scenarios.export.csv_files import CsvTable, write_csv
from scenarios.export.exchange import put_file
from scenarios.export.folders import FolderError, FolderKind, write_text
from scenarios.export.run_folder import question_of
from scenarios.export.seal import checksums, file_faults, sealed
from scenarios.export.user_files import checksum
from scenarios.question.document import TABLES
from scenarios.question.shipped import folder_name
from scenarios.sweep import journal
from scenarios.sweep.asked import Sweep
from scenarios.sweep.journal import Columns
from scenarios.world.build import World
from scenarios.world.plain import dumps, plain, version

SHARES, TOGETHER, PARQUET, PAGE = "shares.csv", "together.csv", "runs.parquet", "sweep.html"
FOLDER: Final = FolderKind(
    "sweep.json", (journal.RUNS, journal.PLANS, journal.LOG, SHARES, TOGETHER, PARQUET, PAGE, "sweep.lock")
)
LONGEST_NAME: Final = 90
SHOWN: Final = 60
"""Characters of a value that a message shows."""


def question(sweep: Sweep, world: World) -> dict[str, Any]:
    """Return what a sweep asks as plain data: what is the same in all runs, what differs, and the user's tables."""
    tables = {
        str(value): checksum(Path(value))
        for axis in (*sweep.grid, *sweep.drawn)
        if axis.path in TABLES
        for value in axis.tried
        if value and Path(value).is_file()
    }
    asked = {"version": version(), **question_of(world), "runs": sweep.question(), "tables_of_runs": tables}
    return plain(asked)  # type: ignore[no-any-return]  # a mapping stays one


def default_folder(sweep: Sweep, asked: Mapping[str, Any]) -> Path:
    """Return the folder of a sweep for which none is named: its scenario, what differs, how many runs, and letters."""
    letters = hashlib.sha256(dumps(asked).encode()).hexdigest()[:8]
    differs = [folder_name(path[-1]) for path in sweep.paths.values()]
    name = "-".join([sweep.name, *differs])[:LONGEST_NAME].strip("-")
    return Path("runs") / f"{name}-{len(sweep)}-{letters}"


def check(folder: Path, asked: Mapping[str, Any]) -> None:
    """Refuse a folder in which a sweep can be neither begun nor continued; nothing is written.

    Raises
    ------
    DataError
        If an older sweep is there that asked something else.
    FolderError
        If something else is there, or the folder cannot be written.
    """
    found = FOLDER.known(folder)
    if found is None or "question" not in found:
        FOLDER.check(folder)
    elif differing := differences(found["question"], asked):
        what = f"holds a sweep that asked something else: {'; '.join(differing)}"
        hint = "it is left alone: name another folder with --out, or ask the same to continue it"
        raise DataError([DataFault(str(folder), what, hint)])


def is_finished(folder: Path) -> bool:
    """Return whether all runs of the sweep in a folder are done, and all files as they were written."""
    found = FOLDER.known(folder)
    return found is not None and found.get("finished") is True and not file_faults(folder, found["files"])


def begin(folder: Path, document: Mapping[str, Any], columns: Columns) -> None:
    """Begin the folder of a sweep that is not there yet, with tables without rows."""
    if FOLDER.known(folder) is None:
        with FOLDER.new(folder) as part:
            journal.begin(part, columns)
            write_text(part / FOLDER.document, dumps(document))


def differences(there: Any, here: Any, path: str = "") -> list[str]:
    """Return where two questions differ, each with both values, the first few."""
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        keys = dict.fromkeys((*there, *here))
        found = [one for key in keys for one in differences(there.get(key), here.get(key), f"{path}.{key}".strip("."))]
        return found[:3]
    if there == here:
        return []
    return [f"{path.removeprefix('runs.').removeprefix('scenario.')} was {shortened(there)}, is {shortened(here)}"]


def shortened(value: Any) -> str:
    """Return a value as a message shows it."""
    text = " ".join(dumps(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other programs from continuing the same sweep meanwhile, on systems with locks.

    Raises
    ------
    FolderError
        If another one does.
    """
    if os.name == "nt":
        yield
        return
    import fcntl  # noqa: PLC0415  not on Windows

    with (folder / "sweep.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(f"{folder} is being written by another sweep; wait for it, or stop it") from None
        except OSError:  # a file system without locks
            pass
        try:
            yield
        finally:
            (folder / "sweep.lock").unlink(missing_ok=True)


def finish(folder: Path, document: Mapping[str, Any], columns: Columns, tables: Mapping[str, CsvTable]) -> bool:
    """Write the tables about all runs, and seal the folder; return whether there is a Parquet table too.

    Parameters
    ----------
    folder
        With the tables of the runs; their rows are put in order.
    document
        What the folder is known by.
    columns
        Of the tables of the runs.
    tables
        By file name.
    """
    journal.mend(folder, columns)
    for name, table in tables.items():
        write_csv(folder / f"{name}.part", CsvTable(table.header, [plain(row) for row in table.rows]))
        (folder / f"{name}.part").replace(folder / name)
    with_parquet = find_spec("pyarrow") is not None
    if with_parquet:
        write_parquet(folder)
    found = {name: sum_ for name, sum_ in checksums(folder).items() if name not in {FOLDER.document, "sweep.lock"}}
    write_text(folder / f"{FOLDER.document}.part", sealed(document, found))
    put_file(folder / f"{FOLDER.document}.part", folder / FOLDER.document)
    return with_parquet


def write_parquet(folder: Path) -> None:
    """Write the table of runs as Parquet, its figures as numbers."""
    import pandas as pd  # noqa: PLC0415  slow to load

    texts = {"status": "string", "fault": "string"}
    table = pd.read_csv(folder / journal.RUNS, dtype=texts, keep_default_na=False, na_values=[""])
    table.to_parquet(folder / f"{PARQUET}.part", index=False)
    (folder / f"{PARQUET}.part").replace(folder / PARQUET)
