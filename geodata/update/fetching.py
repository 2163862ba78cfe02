"""Download a file whole or not at all: retried, resumed where it was cut off, not asked for twice."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError
from urllib3.util import Retry

from geodata.faults import DownloadError

BUSY: Final = (429, 500, 502, 503, 504)
"""Answers that another try may mend."""
CHUNK: Final = 1 << 16
"""Bytes read at once."""


class _CutOffError(Exception):
    """The answer ended before its end; what came is kept."""


@dataclass(frozen=True)
class Patience:
    """How long and how much is waited for.

    Attributes
    ----------
    tries : int
        Of one file, each going on where the last one ended.
    pause : float
        Seconds before the second try; doubled before each further one.
    longest_pause : float
        Seconds, also where a server asks for more.
    connect, read : float
        Seconds to connect, and between two pieces of an answer.
    whole : float
        Seconds for one try.
    most_bytes : int
        Of a file; a longer one is refused.
    redirects : int
        Followed at most.
    """

    tries: int = 4
    pause: float = 1.0
    longest_pause: float = 60.0
    connect: float = 10.0
    read: float = 30.0
    whole: float = 600.0
    most_bytes: int = 300_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A file as it was downloaded.

    Attributes
    ----------
    path : Path
        Where it is.
    url : str
        Where it is from.
    sha256 : str
        Its checksum.
    bytes : int
        Its size.
    date : str
        Day on which the server gave it, by the server's clock, ``"2026-11-28"``; empty if it did not say.
    validator : str
        What the server calls this state of the file; empty if it does not.
    """

    path: Path
    url: str
    sha256: str
    bytes: int
    date: str
    validator: str


@contextmanager
def session(patience: Patience) -> Iterator[requests.Session]:
    """Yield a session that tries again, with pauses that double, where a server is busy."""

    class PatientRetry(Retry):
        """Waits no longer than it was told to, whatever a server asks for."""

        def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
            """Return the seconds that a server asks for, as far as we go."""
            asked = super().get_retry_after(response)
            return None if asked is None else min(asked, patience.longest_pause)

    retry = PatientRetry(
        total=patience.tries,
        redirect=False,
        status_forcelist=BUSY,
        backoff_factor=patience.pause / 2,
        backoff_max=patience.longest_pause,
        allowed_methods={"GET"},
    )
    with requests.Session() as made:
        made.max_redirects = patience.redirects
        made.headers["Accept-Encoding"] = "identity"  # so that sizes are those of the file
        made.headers["User-Agent"] = "plankontor"
        for scheme in ("https://", "http://"):
            made.mount(scheme, HTTPAdapter(max_retries=retry))
        yield made


def fetch(made: requests.Session, url: str, path: Path, patience: Patience) -> Fetched:
    """Download a file, or keep the one that is there if the server says that it is the same.

    Parameters
    ----------
    made : requests.Session
        As from `session`.
    url : str
        Address.
    path : Path
        Where it goes; beside it ``.part`` holds what came of it so far, and ``.json`` what is known of it.
    patience : Patience
        How long to wait, how much to take.

    Raises
    ------
    DownloadError
        If it does not come whole; what came is kept for the next time, and an earlier file stays.
    """
    known = _known(path, url)
    for attempt in range(patience.tries):
        try:
            found = _try(made, url, path, patience, known)
        except _CutOffError as cut:
            if attempt + 1 == patience.tries:
                raise DownloadError(url, f"{cut}; after {patience.tries} tries") from None
            time.sleep(min(patience.pause * 2**attempt, patience.longest_pause))
        else:
            _note(path).write_text(json.dumps(asdict(found) | {"path": path.name}), encoding="utf-8")
            return found
    raise AssertionError("there is at least one try")


def _try(made: requests.Session, url: str, path: Path, patience: Patience, known: Fetched | None) -> Fetched:
    """Ask once, for the rest if something came before."""
    part, validator = path.with_name(path.name + ".part"), _part_validator(path)
    begun = part.stat().st_size if part.exists() and validator else 0
    headers = {"Range": f"bytes={begun}-", "If-Range": validator} if begun else {}
    if known and known.validator and not begun:
        headers = {_condition(known.validator): known.validator}
    try:
        with made.get(url, headers=headers, stream=True, timeout=(patience.connect, patience.read)) as answer:
            if answer.status_code == requests.codes.not_modified and known:
                return known
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                part.unlink(missing_ok=True)
                raise _CutOffError("what came before does not fit what is there now")
            if answer.status_code not in {requests.codes.ok, requests.codes.partial_content}:
                raise DownloadError(url, f"the server answers {answer.status_code} {answer.reason}")
            _keep_https(url, answer.url)
            going_on = answer.status_code == requests.codes.partial_content
            _write_part_validator(path, answer)
            _take(answer, part, begun if going_on else 0, patience)
            date = answer.headers.get("Date", "")
            told = _validator(answer)
    except requests.TooManyRedirects:
        raise DownloadError(url, f"the server leads on more than {patience.redirects} times") from None
    except requests.exceptions.RetryError:
        raise DownloadError(url, f"the server is busy or broken; after {patience.tries + 1} tries") from None
    except (requests.RequestException, HTTPError) as fault:
        raise _CutOffError(_plainly(fault)) from None
    part.replace(path)
    _part_note(path).unlink(missing_ok=True)
    content = path.read_bytes()
    day = parsedate_to_datetime(date).date().isoformat() if date else ""
    return Fetched(path, url, sha256(content).hexdigest(), len(content), day, told)


def _take(answer: requests.Response, part: Path, begun: int, patience: Patience) -> None:
    """Write the body behind what came before; refuse what is too long, or ends too early."""
    length = answer.headers.get("Content-Length", "")
    due = begun + int(length) if length.isdigit() else None
    if (due or 0) > patience.most_bytes:
        raise DownloadError(answer.url, f"{due} bytes; expected at most {patience.most_bytes}")
    end, size = time.monotonic() + patience.whole, begun
    with part.open("ab" if begun else "wb") as file:
        # Not iter_content: that waits for a whole piece, however slowly it comes.
        while piece := answer.raw.read1(CHUNK, decode_content=True):
            size += len(piece)
            if size > patience.most_bytes:
                file.close()
                part.unlink()
                raise DownloadError(answer.url, f"more than {patience.most_bytes} bytes")
            file.write(piece)
            if time.monotonic() > end:
                raise _CutOffError(f"too slow: {size} bytes in {patience.whole:g} seconds")
    if due is not None and size != due:
        raise _CutOffError(f"cut off after {size} of {due} bytes")


def _keep_https(asked: str, came_from: str) -> None:
    """Refuse to be led from a connection that nobody reads to one that anybody may."""
    if asked.startswith("https:") and not came_from.startswith("https:"):
        raise DownloadError(asked, f"leads on to {came_from}, which is not encrypted")


def _plainly(fault: Exception) -> str:
    """Return what went wrong on the way, without the names of classes and objects."""
    match fault:
        case requests.Timeout() | ReadTimeoutError():
            return "no answer in time"
        case ProtocolError():
            return "cut off on the way"
        case requests.exceptions.SSLError():
            return "the certificate of the server is not trusted"
        case requests.ConnectionError():
            return "no connection"
    return str(fault)[:200]


def _validator(answer: requests.Response) -> str:
    """Return what the server calls this state of the file; a weak name does for nothing but asking again."""
    return answer.headers.get("ETag") or answer.headers.get("Last-Modified", "")


def _condition(validator: str) -> str:
    return "If-None-Match" if '"' in validator else "If-Modified-Since"


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _part_note(path: Path) -> Path:
    return path.with_name(path.name + ".part.json")


def _write_part_validator(path: Path, answer: requests.Response) -> None:
    told = _validator(answer)
    usable = "" if told.startswith("W/") else told
    _part_note(path).write_text(json.dumps(usable), encoding="utf-8")


def _part_validator(path: Path) -> str:
    """Return what the part that came belongs to; empty if that is not known, so that it is no use."""
    try:
        return str(json.loads(_part_note(path).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ""


def _known(path: Path, url: str) -> Fetched | None:
    """Return what is known of the file that is there, if it is still the one that was downloaded from this address."""
    try:
        found = Fetched(**json.loads(_note(path).read_text(encoding="utf-8")) | {"path": path})
        sound = found.url == url and sha256(path.read_bytes()).hexdigest() == found.sha256
    except (OSError, ValueError, TypeError):
        return None
    return found if sound else None
