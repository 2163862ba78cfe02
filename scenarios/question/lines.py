"""On which line of a TOML text everything in it stands."""

import tomllib
from collections.abc import Iterator

from scenarios.question.origins import Path


def lines_of(source: str) -> dict[Path, int]:
    """Return the line, from 1, of each key, table and array element of a TOML document.

    Parameters
    ----------
    source
        A document that `tomllib` accepts; of any other the answer means nothing, but it is given.
    """
    return dict(Scanner(source).document())


class Scanner:
    """A walk over the source of a valid TOML document that keeps paths and lines and forgets values.

    `tomllib` gives no positions, and the packages that do rewrite documents and are many times as large.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.tables: dict[Path, int] = {}
        self.counted = (0, 1)

    def line(self) -> int:
        """Return the line of the present position."""
        position, line = self.counted
        line += self.source.count("\n", position, self.at)
        self.counted = (self.at, line)
        return line

    def peek(self, length: int = 1) -> str:
        """Return the next characters without going on."""
        return self.source[self.at : self.at + length]

    def blank(self, *, newlines: bool = True) -> None:
        """Go past spaces, and past comments and ends of lines too if wanted."""
        while self.at < len(self.source):
            if self.peek() in (" \t\r\n" if newlines else " \t"):
                self.at += 1
            elif newlines and self.peek() == "#":
                end = self.source.find("\n", self.at)
                self.at = end if end >= 0 else len(self.source)
            else:
                return

    def document(self) -> Iterator[tuple[Path, int]]:
        """Yield the paths of the whole document."""
        prefix: Path = ()
        self.blank()
        while self.at < len(self.source):
            start = self.at
            if self.peek() == "[":
                line = self.line()
                prefix = self.header()
                yield prefix, line
            else:
                yield from self.pair(prefix)
            self.blank()
            self.at = max(self.at, start + 1)

    def header(self) -> Path:
        """Return the path of a table header; each of an array of tables has its position in it."""
        depth = 2 if self.peek(2) == "[[" else 1
        self.at += depth
        key: Path = ()
        for part in self.key():
            key += (part,)
            if key in self.tables:
                key = (*key, self.tables[key])
        self.at += depth
        if depth == 2:
            array = key[:-1] if key and isinstance(key[-1], int) else key
            self.tables[array] = self.tables.get(array, -1) + 1
            key = (*array, self.tables[array])
        return key

    def pair(self, prefix: Path) -> Iterator[tuple[Path, int]]:
        """Yield the paths of ``key = value``."""
        line = self.line()
        path = prefix
        for part in self.key():
            path = (*path, part)
            yield path, line
        self.at += 1
        self.blank(newlines=False)
        yield from self.value(path)

    def key(self) -> list[str]:
        """Return the parts of a dotted key."""
        parts = []
        while self.at < len(self.source):
            self.blank(newlines=False)
            parts.append(self.text() if self.peek() in "\"'" else self.word("=.] \t\n"))
            self.blank(newlines=False)
            if self.peek() != ".":
                break
            self.at += 1
        return parts

    def value(self, path: Path) -> Iterator[tuple[Path, int]]:
        """Yield the paths within a value."""
        opening = self.peek()
        if opening == "[":
            yield from self.array(path)
        elif opening == "{":
            yield from self.inline(path)
        elif opening in ("'", '"'):
            self.text()
        else:
            self.word(",]}#\n")

    def array(self, path: Path) -> Iterator[tuple[Path, int]]:
        """Yield the elements of an array."""
        self.at += 1
        position = 0
        self.blank()
        while self.at < len(self.source) and self.peek() != "]":
            start = self.at
            yield (*path, position), self.line()
            yield from self.value((*path, position))
            position += 1
            self.separator(start)
        self.at += 1

    def inline(self, path: Path) -> Iterator[tuple[Path, int]]:
        """Yield the pairs of an inline table."""
        self.at += 1
        self.blank()
        while self.at < len(self.source) and self.peek() != "}":
            start = self.at
            yield from self.pair(path)
            self.separator(start)
        self.at += 1

    def separator(self, start: int) -> None:
        """Go past a comma and what surrounds it; always forward, whatever the source."""
        self.blank()
        if self.peek() == ",":
            self.at += 1
        self.blank()
        self.at = max(self.at, start + 1)

    def word(self, ends: str) -> str:
        """Return what stands here up to one of the characters that end it."""
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in ends:
            self.at += 1
        return self.source[start : self.at].strip()

    def text(self) -> str:
        """Return the inside of a string of any of the four kinds, its escapes unread where they do not matter."""
        quote = self.peek()
        fence = quote * 3 if self.peek(3) == quote * 3 else quote
        self.at += len(fence)
        start = self.at
        while self.at < len(self.source) and self.peek(len(fence)) != fence:
            self.at += 2 if quote == '"' and self.peek() == "\\" else 1
        # Up to two quotes may stand directly before the closing three.
        while len(fence) == 3 and self.peek(4) == quote * 4:
            self.at += 1
        inside = self.source[start : self.at]
        self.at += len(fence)
        return unescape(inside) if quote == '"' and "\\" in inside else inside


def unescape(inside: str) -> str:
    """Return the meaning of the escapes in a quoted key."""
    try:
        return str(tomllib.loads(f'key = "{inside}"')["key"])
    except ValueError:
        return inside
