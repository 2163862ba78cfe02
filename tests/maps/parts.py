"""A page taken apart: its tags, what carries an id, and the data inside."""

import json
import re
from html.parser import HTMLParser
from typing import Any

HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"quoted\" 'twice' `thrice` \\",
    "\u202eright to left \u05d0\u05d1\u05d2",
    "x" * 300,
    "emoji \N{SNOWMAN}\N{FIRE} & <b>bold</b> {{ 7 * 7 }} ${7*7}",
    "<img src=https://example.org/a.png onerror=alert(1)>",
)


def inline_data(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="plan-data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return named(json.loads(found[1]))


def named(data: Any) -> Any:
    """Return data with the rows of every table as objects: by their ids, or in a list where they have none."""
    if isinstance(data, list):
        return [named(one) for one in data]
    if not isinstance(data, dict):
        return data
    if data.keys() != {"names", "rows"}:
        return {name: named(value) for name, value in data.items()}
    rows = [dict(zip(data["names"], row, strict=True)) for row in data["rows"]]
    return {row["id"]: row for row in rows} if "id" in data["names"] else rows


def by_id(html: str, id_: str) -> str:
    found = re.search(rf'id="{id_}"[^>]*>([^<]*)<', html)
    assert found is not None
    return found[1].strip()


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
