"""One file, no network: put every script and stylesheet into the page and refuse what is left over.

Folium writes pages that fetch Leaflet from a content delivery network. Here its elements are pointed at the
copies in ``maps/assets`` (`point_to_assets`), the copies are put into the page (`inline`), a page with any foreign
reference is refused (`check`), and every executable script is named by its checksum in a Content-Security-Policy that
forbids all connections (`policy`). The grey base map of Kartverket is the one stated exception.
"""

import base64
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

ASSETS: Final = Path(__file__).parents[1] / "assets"

TILES: Final = "https://cache.kartverket.no/v1/wmts/1.0.0/topograatone/default/webmercator/{z}/{y}/{x}.png"
"""The grey topographic map of Kartverket (row before column), CC BY 4.0."""

TILE_HOST: Final = "https://cache.kartverket.no"

ALLOWED_IN_SCRIPTS: Final = (TILES, "http://www.w3.org/")
"""The tile template, and the XML namespaces, which nobody fetches."""

LOADING_ATTRIBUTES: Final = frozenset(
    {"action", "background", "cite", "codebase", "data", "formaction", "href", "icon", "longdesc", "manifest", "ping"}
    | {"poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href"}
)
FORBIDDEN_TAGS: Final = frozenset({"applet", "base", "embed", "frame", "iframe", "object", "portal"})

_ADDRESS = re.compile(r"\b(?:https?|wss?|ftp):/{2}[^\s\"'`\\<>]*", re.IGNORECASE)
_CSS_REFERENCE = re.compile(r"@import\s*([^;]*)|url\(\s*(['\"]?)(.*?)\2\s*\)", re.IGNORECASE)
_SCRIPT = re.compile(r"<script src=\"([^\"]*)\"></script>")
_STYLESHEET = re.compile(r"<link rel=\"stylesheet\" href=\"([^\"]*)\"\s*/?>")
_ELEMENT = re.compile(
    r"""(<(?:(script|style)\b[^>]*>[^<]*(?:<(?!/\2>)[^<]*)*</\2>"""
    r"""|(?:!doctype|/?(?!script|style)[a-z])[^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*>))""",
    re.IGNORECASE,
)
"""A script or style with what is in it, or a plain tag."""
_CHARSET = '<meta charset="utf-8">'


class ForeignReferenceError(ValueError):
    """The page would reference something outside itself.

    Parameters
    ----------
    references
        Each with the element it stands in.
    """

    def __init__(self, references: Iterable[str]) -> None:
        self.references = tuple(references)
        super().__init__("the page is not self-contained: " + "; ".join(self.references))


@dataclass(frozen=True)
class Asset:
    """One vendored file.

    Parameters
    ----------
    path
        Relative to ``maps/assets``; also the address that stands in the page until it is inlined.
    sha256
        Checksum, hexadecimal.
    folium
        The name Folium gives it in ``default_js`` or ``default_css``; empty for files that these refer to.
    """

    path: str
    sha256: str
    folium: str = ""


@cache
def assets() -> dict[str, Asset]:
    """Return the vendored files by path, as listed in ``versions.json``."""
    listing = json.loads((ASSETS / "versions.json").read_text(encoding="utf-8"))
    return {item["path"]: Asset(**item) for package in listing["packages"] for item in package["files"]}


def point_to_assets(element: Any) -> None:
    """Let a Folium element ask for the vendored files only.

    Its lists are replaced on the instance: they belong to the class, and changing them there would change every
    later map of the process. Files that are not vendored are dropped (jQuery, Bootstrap and icon fonts, which
    Folium loads for every map and which ours do not use).
    """
    paths = {asset.folium: asset.path for asset in assets().values() if asset.folium}
    element.default_js = [(name, paths[name]) for name, _ in element.default_js if name in paths]
    element.default_css = [(name, paths[name]) for name, _ in element.default_css if name in paths]


def script_json(data: object) -> Markup:
    """Return data as JSON that nothing in it can make end its script element, a line for each of its keys.

    Lines are what the pages of one file in several languages share.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    if isinstance(data, dict):
        text = "{" + ",\n".join(f"{encode(key)}:{encode(value)}" for key, value in data.items()) + "}"
    else:
        text = encode(data)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped on the line above


def script_text(code: str) -> Markup:
    """Return JavaScript as the content of a script element, which it cannot end."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    code = re.sub(r"^//# sourceMappingURL=.*$", "", code, flags=re.MULTILINE)
    code = re.sub(r"</(?=script)", r"<\\/", code, flags=re.IGNORECASE)
    return Markup(code.replace("<!--", r"<\!--").strip())  # noqa: S704 - our own and vendored code


def inline(page: str) -> str:
    """Put the content of every vendored script and stylesheet in the place of its reference."""
    page = _SCRIPT.sub(lambda found: f"<script>{script_text(_read(found[1]).decode())}</script>", page)
    return _STYLESHEET.sub(lambda found: f"<style>{_stylesheet(found[1])}</style>", page)


def forbid(page: str, rule: str) -> str:
    """Return the page with a Content-Security-Policy."""
    if page.count(_CHARSET) != 1:
        raise ValueError(f"expected one {_CHARSET} in the page")
    return page.replace(_CHARSET, f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{rule}">')


def policy(scripts: Iterable[str], *, solves: bool = False) -> str:
    """Return the Content-Security-Policy: our own scripts by checksum, Kartverket's tiles, nothing else.

    A page that solves may also start a worker from what it carries, and WebAssembly in it; neither reaches any network.
    """
    codes, wasm = dict.fromkeys(scripts), ("'wasm-unsafe-eval'",) if solves else ()
    digests = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in codes]
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src", *(f"'sha256-{digest}'" for digest in digests), *wasm)),
            *(["worker-src blob:"] if solves else []),
            "style-src 'unsafe-inline'",
            f"img-src data: {TILE_HOST}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def check(page: str) -> list[str]:
    """Return the executable scripts of a page; refuse one that refers to anything but itself and Kartverket's tiles.

    Raises
    ------
    ForeignReferenceError
        With every reference found.
    """
    parts = _Parts.of(page)
    found = [f"<{tag}> {value}".strip() for tag, value in parts.references]
    for code in parts.scripts:
        if code not in vendored():
            found += [f"<script> {address}" for address in addresses(code) if not _allowed(address)]
    for css in parts.styles:
        found += [f"<style> {reference}" for reference in css_references(css)]
    if found:
        raise ForeignReferenceError(found)
    return parts.scripts


@cache
def vendored() -> frozenset[str]:
    """Return the vendored scripts as they stand in a page."""
    return frozenset(script_text(_read(path).decode()) for path in assets() if path.endswith(".js"))


def addresses(code: str) -> list[str]:
    """Return the addresses in a script, line by line: most of it is shapes, in lines without any."""
    return [address for line in code.split("\n") if "://" in line for address in _ADDRESS.findall(line)]


def css_references(css: str) -> list[str]:
    """Return what a stylesheet would load: imports, and addresses that are neither data nor in the page."""
    found = []
    for match in _CSS_REFERENCE.finditer(css):
        address = match[1] if match[1] is not None else match[3]
        if match[1] is not None or not address.startswith(("data:", "#")):
            found.append(address.strip())
    return found


class _Parts(HTMLParser):
    """Take a page apart: executable scripts, styles, and references in attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.references: list[tuple[str, str]] = []
        self._open: list[str] | None = None

    @classmethod
    def of(cls, page: str) -> "_Parts":
        """Return the parts of a page; a tag that stands in it a hundred times is looked at once.

        Where anything but plain tags begins with ``<``, the page is read as it is.
        """
        pieces = _ELEMENT.split(page)
        is_plain = not any("<" in text for text in pieces[::3])
        parts = cls()
        parts.feed("".join(dict.fromkeys(pieces[1::3])) if is_plain else page)
        parts.close()
        return parts

    def set_cdata_mode(self, elem: str, **more: Any) -> None:
        """Take text for tags in all but scripts and styles: what would be none is refused rather than overlooked."""
        if elem in {"script", "style"}:
            super().set_cdata_mode(elem, **more)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN_TAGS:
            self.references.append((tag, " ".join(given.values())))
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.references.append((tag, given.get("content", "")))
        for name, value in given.items():
            if name in LOADING_ATTRIBUTES and not value.strip().startswith(("#", "data:")):
                self.references.append((tag, value))
            if name == "style":
                self.references += [(tag, reference) for reference in css_references(value)]
        if tag == "style":
            self._open = self.styles
        elif tag == "script" and given.get("type", "") in {"", "text/javascript", "module"}:
            self._open = self.scripts
        if tag in {"style", "script"} and self._open is not None:
            self._open.append("")

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._open = None


def _allowed(address: str) -> bool:
    return any(address.startswith(allowed) for allowed in ALLOWED_IN_SCRIPTS)


def _read(path: str) -> bytes:
    if path not in assets():
        raise ForeignReferenceError([path])
    return (ASSETS / path).read_bytes()


def _stylesheet(path: str) -> str:
    """Return a vendored stylesheet with the images it refers to inside."""
    folder = Path(path).parent

    def embed(found: re.Match[str]) -> str:
        address = found[3]
        if not address or address.startswith(("data:", "#")):
            # Internet Explorer's ``behavior: url(#default#VML)`` is among these.
            return found[0]
        content = base64.b64encode(_read((folder / address).as_posix())).decode()
        kind = mimetypes.types_map.get(Path(address).suffix, "application/octet-stream")
        return f"url(data:{kind};base64,{content})"

    return _CSS_REFERENCE.sub(embed, _read(path).decode()).replace("</", r"<\/").strip()
