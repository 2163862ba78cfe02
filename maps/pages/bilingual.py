"""One file, every language: the page in the reader's language as it is, the same page in the others packed in it.

An address that ends in ``#lang=en`` opens the English page. Each page is sealed by the same policy, which names the
scripts of all of them, because the one that is unpacked takes the place of the other in the same document. What the
scripts and styles of a packed page have in common with those of the first, most of it, stands in the file once.
"""

import base64
import gzip
import json
import re
from collections.abc import Callable
from io import StringIO
from itertools import chain, groupby
from operator import eq
from pathlib import Path
from typing import Final

from maps.pages.offline import check, forbid, inline, policy, script_text
from maps.told.texts import LANGUAGES

UNPACK: Final = Path(__file__).parents[1] / "scripts" / "base" / "unpack.js"
LEVEL: Final = 6
"""Of compression: the highest takes twice the time for a fiftieth of the size."""
SYSTEM: Final = 9
"""The byte of a gzip header that says on which system it was made."""
ANY_SYSTEM: Final = 255
_TITLE_END: Final = "</title>"
_CODE: Final = re.compile(r"<(script|style)\b[^>]*>([^<]*(?:<(?!/\1>)[^<]*)*)</\1>")


def write(path: Path, page: Callable[[str], str], first: str, carried: str = "") -> None:
    """Write a page in all languages.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    page
        Returns the page in a language, not yet sealed.
    first
        The language in which the file opens.
    carried
        Elements of the head that the page in each language needs, and the file has once: a solver.

    Raises
    ------
    maps.pages.offline.ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    others = [language for language in LANGUAGES if language != first]
    whole = bind({language: page(language) for language in (first, *others)}, carried)
    path.write_text(whole, encoding="utf-8", newline="\n")


def bind(pages: dict[str, str], carried: str = "") -> str:
    """Return the first page, sealed: its assets inside, under a policy that forbids all connections, the others in it.

    Parameters
    ----------
    pages
        Whole HTML pages by language, with ``<meta charset="utf-8">`` first in their heads.
    carried
        As for `write`.

    Raises
    ------
    maps.pages.offline.ForeignReferenceError
        If anything in them would be fetched from elsewhere.
    """
    whole = {language: inline(page) for language, page in pages.items()}
    scripts = [*chain.from_iterable(map(check, whole.values()))]
    opener = script_text(UNPACK.read_text(encoding="utf-8"))
    rule = policy([*scripts, opener], solves=bool(carried))
    (_, first), *others = ((language, forbid(page, rule)) for language, page in whole.items())
    packed = "\n".join(
        f'<script type="application/gzip" class="translation" data-language="{language}">{pack(part)}</script>'
        for language, part in ((language, own(page, first)) for language, page in others)
    )
    before = "\n".join(filter(None, (carried, packed, f"<script>{opener}</script>")))
    return first.replace(_TITLE_END, f"{_TITLE_END}\n{before}", 1)


def parts(page: str, first: str) -> list[str | tuple[int, int, int]]:
    """Return a page as a list: text of its own, and lines that a script or style of the first page has in their place.

    Such lines are given by which script or style it is, counted from 0, the first line, and the one after the last.
    """
    found: list[str | tuple[int, int, int]] = []
    end = 0
    for k, (mine, known) in enumerate(zip(_CODE.finditer(page), _CODE.finditer(first), strict=False)):
        lines, others = StringIO(mine[2]).readlines(), StringIO(known[2]).readlines()
        if len(lines) != len(others):
            continue
        found.append(page[end : mine.start(2)])
        line, end = 0, mine.end(2)
        for is_same, run in groupby(map(eq, lines, others)):
            before, line = line, line + len(list(run))
            found.append((k, before, line) if is_same else "".join(lines[before:line]))
    return [*found, page[end:]]


def own(page: str, first: str) -> bytes:
    """Return the parts of a page as JSON."""
    return json.dumps(parts(page, first), ensure_ascii=False, separators=(",", ":")).encode()


def pack(content: bytes) -> str:
    """Return a page, or what else a page carries, compressed, as text; by one version of zlib always the same."""
    packed = bytearray(gzip.compress(content, LEVEL, mtime=0))
    packed[SYSTEM] = ANY_SYSTEM
    return base64.b64encode(packed).decode()
