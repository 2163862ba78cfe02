"""Small changes of a module's code, by the mutators of mutmut, and a process in which one of them is imported.

mutmut itself leaves out decorated functions, which here are those that remember their answers; and it copies the tree.
"""

import hashlib
import importlib.machinery
import importlib.util
import random
import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators

LEFT_OUT = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Raise)
"""What says nothing of what is computed: types, imports, the words of a fault (the tests look for its kind)."""
ASSERTIONS = ("strict",)
"""Arguments that only make a wrong program stop."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change.

    Parameters
    ----------
    module
        Its name.
    line
        Where the change is, from 1.
    was, becomes
        The line, or as many as the change has, before and after.
    before
        How many earlier lines are the same as this one was.
    code
        The whole module with the change.
    """

    module: str
    line: int
    was: str
    becomes: str
    before: int
    code: str

    @property
    def name(self) -> str:
        """What it is known by, whatever else changes in the module."""
        which = f"\n{self.before}" if self.before else ""
        return hashlib.sha256(f"{self.module}\n{self.was}\n{self.becomes}{which}".encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Change:
    """One change of a module's code.

    Parameters
    ----------
    module
        Its name.
    code
        Of the whole module before the change, as bytes.
    start, end
        The bytes that go.
    text
        What comes instead.
    """

    module: str
    code: bytes
    start: int
    end: int
    text: bytes

    def mutant(self) -> Mutant | None:
        """Return the module with the change; ``None`` if that is no Python, or the same."""
        code = (self.code[: self.start] + self.text + self.code[self.end :]).decode()
        if code.encode() == self.code or not _compiles(code):
            return None
        line = self.code[: self.start].count(b"\n") + 1
        was, becomes = _lines(self.code.decode(), code)
        earlier = [text.strip() for text in self.code.decode().splitlines()[: line - 1]]
        return Mutant(self.module, line, was, becomes, earlier.count(was), code)


def changes(root: Path, module: str) -> list[Change]:
    """Return every change that the mutators know of a module, each once."""
    wrapper = MetadataWrapper(cst.parse_module(path_of(root, module).read_text(encoding="utf-8")))
    span, tree = wrapper.resolve(ByteSpanPositionProvider), wrapper.module
    before, found = tree.code.encode(), {}
    for node in _walk(tree):
        for kind, mutate in mutation_operators:
            for new in mutate(node) if isinstance(node, kind) else ():
                if not _is_asserting(node, new):
                    start, end = span[node].start, span[node].start + span[node].length
                    found[start, end, tree.code_for_node(new).strip().encode()] = None
    return [Change(module, before, *edit) for edit in found]


def drawn(some: Sequence[Change], many: int, seed: int) -> list[Mutant]:
    """Return the mutants of so many changes at random, in the order of the code; of all where there are no more."""
    order = random.Random(f"{seed} {some[0].module}").sample(range(len(some)), len(some))  # noqa: S311
    made = ((i, some[i].mutant()) for i in order)
    chosen = islice(((i, one) for i, one in made if one), many)
    return [one for _, one in sorted(chosen, key=lambda pair: pair[0])]


def path_of(root: Path, module: str) -> Path:
    """Return the file of a module."""
    return root / (module.replace(".", "/") + ".py")


def bring_in(mutant: Mutant, path: Path) -> None:
    """Make this process import the mutant instead of its module.

    Raises
    ------
    RuntimeError
        If the module was imported already.
    """
    if mutant.module in sys.modules:
        raise RuntimeError(f"{mutant.module} was imported before its mutant")
    sys.meta_path.insert(0, _Finder(mutant, path))


class _Finder:
    def __init__(self, mutant: Mutant, path: Path) -> None:
        self.mutant, self.path = mutant, path

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        loader = _Loader(self.mutant.code, name, self.path)
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, code: str, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self.changed = code

    def get_code(self, fullname: str) -> types.CodeType:  # noqa: ARG002
        return compile(self.changed, self.path, "exec", dont_inherit=True)


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, LEFT_OUT) or _is_type(node) or _asserts(node):
        return
    yield node
    for child in node.children:
        yield from _walk(child)


def _is_type(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Subscript) and isinstance(node.value, cst.Name) and node.value.value == "Literal"


def _asserts(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in ASSERTIONS


def _is_asserting(node: cst.CSTNode, new: cst.CSTNode) -> bool:
    """Return whether a call differs in nothing but an assertion."""
    if isinstance(node, cst.Call) and isinstance(new, cst.Call):
        asserting = [arg for arg in node.args if _asserts(arg)]
        return any(all(arg is not kept for kept in new.args) for arg in asserting)
    return False


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _lines(before: str, after: str) -> tuple[str, str]:
    """Return the lines that differ: all from the first to the last."""
    old, new = before.splitlines(), after.splitlines()
    shorter = min(len(old), len(new))
    first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    last = next((i for i in range(shorter - first) if old[-1 - i] != new[-1 - i]), shorter - first)
    was, becomes = (some[first : len(some) - last] for some in (old, new))
    return "\n".join(map(str.strip, was)), "\n".join(map(str.strip, becomes))
