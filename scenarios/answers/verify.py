"""Whether a folder of ours is still what was written, and what it says still follows from itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.faults import DataError, DataFault
from scenarios.export import run_folder
from scenarios.export.exchange import settle
from scenarios.export.folders import FolderKind
from scenarios.export.run_folder import RUN, ArtifactError
from scenarios.export.seal import Disagreement, added, document_faults, file_faults


@dataclass(frozen=True)
class Verified:
    """What was found in one folder.

    Parameters
    ----------
    folder
        As it was named.
    document
        Name of its JSON document.
    content
        That document.
    disagreements
        Everything that is not as it was written, or does not follow; empty if the folder can be believed.
    other_data
        Whether a run was made from other embedded data than this version has.
    """

    folder: Path
    document: str
    content: Mapping[str, Any]
    disagreements: tuple[Disagreement, ...]
    other_data: bool

    @property
    def judged(self) -> bool:
        """Whether a plan was judged anew, and not only files compared."""
        return self.document == RUN.document


def verify(folder: Path) -> Verified:
    """Compare each file of a folder with its checksum; of a run, judge the plan anew by the tables beside it.

    Raises
    ------
    DataError
        If it is no folder of ours, or one that cannot be understood.
    """
    settle(folder.resolve())
    if (folder / RUN.document).exists():
        return _of_run(folder)
    for path in sorted(folder.glob("*.json")):
        found = FolderKind(path.name).known(folder)
        if found is not None and isinstance(found.get("files"), dict):
            faults = _of_files(folder, path.name, found)
            return Verified(folder, path.name, found, faults, other_data=False)
    what = "holds no document with checksums, such as manifest.json or comparison.json"
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "there is no such folder"
    raise DataError([DataFault(str(folder), what, "name a folder that plankontor has written")])


def _of_run(folder: Path) -> Verified:
    """Verify a run folder."""
    try:
        manifest = run_folder.manifest_of(folder)
        faults = _of_files(folder, RUN.document, manifest)
        if not faults or not run_folder.damages(folder, manifest):
            faults += tuple(run_folder.contradictions(run_folder.parsed(folder, manifest)))
    except ArtifactError as error:
        raise DataError([DataFault(str(folder), str(error).removeprefix(f"{folder} "))]) from None
    other_data = manifest.get("data_sha256") != run_folder.data_checksum()
    return Verified(folder, RUN.document, manifest, faults, other_data)


def _of_files(folder: Path, document: str, found: Mapping[str, Any]) -> tuple[Disagreement, ...]:
    """Return in what a document and the files beside it are not as they were written."""
    promised = found["files"]
    return (*document_faults(document, found), *file_faults(folder, promised), *added(folder, document, promised))
