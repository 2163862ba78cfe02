"""A server on this machine that answers as the official ones do, and misbehaves as it is told to."""

import io
import json
import threading
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from shapely.geometry import box, mapping

Misbehaviour = Callable[["Handler", bytes], None]


class Handler(BaseHTTPRequestHandler):
    """Answers from ``server.files`` (path without query), each time as the next of ``server.turns`` says."""

    protocol_version = "HTTP/1.1"
    server: "Official"  # type: ignore[assignment]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((path, dict(self.headers)))
        turns = self.server.turns[path]
        misbehave = turns.pop(0) if turns else self.server.always.get(path)
        content = self.server.files.get(path)
        self.close_connection = True
        if misbehave is not None:
            misbehave(self, content or b"")
        elif content is None:
            self.answer(404, b"nothing here")
        else:
            self.well(content)

    def well(self, content: bytes) -> None:
        """Answer as a good server: ranges, and nothing if it is the same."""
        tag = f'"{hash(content)}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(304, b"")
            return
        wanted = self.headers.get("Range", "")
        if wanted and self.headers.get("If-Range") == tag:
            begin = int(wanted.removeprefix("bytes=").removesuffix("-"))
            self.answer(206, content[begin:], ETag=tag)
            return
        self.answer(200, content, ETag=tag)

    def answer(self, status: int, content: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Official(ThreadingHTTPServer):
    """The server with what it has, what it was asked, and how it misbehaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.turns: dict[str, list[Misbehaviour]] = defaultdict(list)
        self.always: dict[str, Misbehaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.seconds: Callable[[Any, Any], float | None] = lambda _start, _end: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def official() -> Iterator[Official]:
    """Run a server."""
    server = Official()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(status: int, **headers: str) -> Misbehaviour:
    return lambda handler, _: handler.answer(status, b"no", **headers)


def cut_off(handler: Handler, content: bytes) -> None:
    """Send half and hang up; of a rest that is asked for, half of the rest."""
    begin = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    rest = content[begin:]
    handler.answer(206 if begin else 200, rest[: len(rest) // 2], length=len(rest), ETag=f'"{hash(content)}"')


def slowly(handler: Handler, content: bytes) -> None:
    """Send a byte at a time."""
    handler.answer(200, b"", length=len(content))
    try:
        for k in range(len(content)):
            handler.wfile.write(content[k : k + 1])
            time.sleep(0.02)
    except OSError:
        pass  # nobody waits any more


def endless(handler: Handler, _: bytes) -> None:
    """Send without end, and without saying how much."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100_000):
            handler.wfile.write(bytes(10_000))
    except OSError:
        pass  # nobody listens any more


def in_circles(handler: Handler, _: bytes) -> None:
    handler.answer(302, b"", Location=handler.path)


def zipped(document: object, name: str = "Kommuner.geojson") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, document if isinstance(document, str) else json.dumps(document))
    return file.getvalue()


def kommuner(shapes: dict[str, Any]) -> dict[str, Any]:
    """Return what Kartverket has in its zip."""
    features = [
        {
            "type": "Feature",
            "geometry": mapping(shape),
            "properties": {"objtype": "Kommune", "kommunenummer": number, "kommunenavn": f"Name {number}"},
        }
        for number, shape in shapes.items()
    ]
    crs = {"type": "name", "properties": {"name": "EPSG:25833"}}
    return {"Kommune": {"type": "FeatureCollection", "crs": crs, "features": features}, "Grense": {}}


def squares(numbers: list[str]) -> dict[str, Any]:
    return {number: box(10.0 * k, 0, 10.0 * k + 10, 10) for k, number in enumerate(numbers)}


def dataset(people: dict[str, float], year: str = "2027", contents: str = "Personer1") -> dict[str, Any]:
    """Return what PxWebApi answers in the form JSON-stat 2."""
    return {
        "version": "2.0",
        "class": "dataset",
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [len(people), 1, 1],
        "role": {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]},
        "dimension": {
            "Region": {
                "category": {
                    "index": {f"K-{number}": k for k, number in enumerate(people)},
                    "label": {f"K-{number}": number for number in people},
                }
            },
            "ContentsCode": {"category": {"index": {contents: 0}, "label": {contents: "Personer"}}},
            "Tid": {"category": {"index": [year], "label": {year: year}}},
        },
        "value": list(people.values()),
    }


def correspondence(classes: dict[str, int]) -> dict[str, Any]:
    """Return what Klass answers."""
    return {
        "correspondenceItems": [
            {"sourceCode": number, "sourceName": "", "targetCode": f"{class_:02}", "targetName": ""}
            for number, class_ in classes.items()
        ]
    }


class Router(Handler):
    """Answers as OSRM and as Valhalla, with ``server.seconds`` from one place to another."""

    def seconds(self, rows: list[Any], columns: list[Any]) -> list[list[float | None]]:
        return [[self.server.seconds(start, end) for end in columns] for start in rows]

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        places = [tuple(map(float, one.split(","))) for one in address.path.rpartition("/")[2].split(";")]
        asked = parse_qs(address.query)
        self.server.asked.append((address.path, {}))
        rows, columns = ([places[int(k)] for k in asked[name][0].split(";")] for name in ("sources", "destinations"))
        self.answer(200, json.dumps({"code": "Ok", "durations": self.seconds(rows, columns)}).encode())

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rows, columns = ([(one["lon"], one["lat"]) for one in asked[name]] for name in ("sources", "targets"))
        found = self.seconds(rows, columns)
        if any(cell is None for row in found for cell in row):
            # So does Valhalla: one island, and there is no table.
            said = {
                "error_code": 170,
                "error": "Locations are in unconnected regions. Go check/edit the map at osm.org",
            }
            self.answer(400, json.dumps(said).encode())
            return
        cells = [[{"time": cell, "distance": 1.0} for cell in row] for row in found]
        self.answer(200, json.dumps({"sources_to_targets": cells, "units": "kilometers"}).encode())
