"""What the documents say of the tree is true of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/FORMULATION.md")
PACKAGES = ("optimizer", "geodata", "scenarios", "maps", "tests", "benchmarks", "docs")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_and_links_that_documents_name_exist(document: str) -> None:
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    named = re.findall(rf"`((?:{'|'.join(PACKAGES)})/[\w./-]*)`", text)
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    missing = [name for name in named if not (ROOT / name).exists()]
    missing += [target for target in linked if not (path.parent / target).exists()]
    assert named
    assert missing == []


def test_every_folder_of_code_is_in_the_architecture() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {
        path.relative_to(ROOT).parent.as_posix() + "/"
        for package in ("optimizer", "geodata", "scenarios", "maps")
        for path in (ROOT / package).glob("*/__init__.py")
    }
    assert [folder for folder in sorted(folders) if f"`{folder}`" not in text] == []
