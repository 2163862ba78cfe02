"""Whether the files of a run folder are those that were written."""

from pathlib import Path

from scenarios.export import run_folder


def unlike_written(folder: Path) -> list[str]:
    """Return which files of a run folder, which must be readable, are not those that its manifest lists."""
    promised, found = run_folder.read(folder).manifest["files"], run_folder.checksums(folder)
    faults = [f"{name} is missing" for name in sorted(promised.keys() - found.keys())]
    faults += [f"{name} was added" for name in sorted(found.keys() - promised.keys() - {run_folder.RUN.document})]
    return faults + [f"{name} was changed" for name in promised if found.get(name, promised[name]) != promised[name]]
