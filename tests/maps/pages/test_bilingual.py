"""One file, every language: what is packed is the sealed page of the other language, under the same policy."""

import re
from pathlib import Path

import pytest
from country import country, facts, write
from packed import unpacked

from maps.pages.bilingual import bind
from maps.pages.offline import ForeignReferenceError

PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


def pages(**english: str) -> dict[str, str]:
    return {
        "nb": PAGE.format(language="nb", title="Side", body="<script>let a = 1;</script>"),
        "en": PAGE.format(**{"language": "en", "title": "Page", "body": "<script>let b = 2;</script>"} | english),
    }


def test_the_first_page_holds_the_other_whole() -> None:
    page = bind(pages())
    assert page.startswith('<!DOCTYPE html><html lang="nb">')
    other = unpacked(page)
    meta = re.compile(r"\n<meta http-equiv=[^>]*>")
    assert meta.sub("", other) == pages()["en"]
    assert "translation" not in other


def test_both_follow_one_policy_that_names_the_scripts_of_both() -> None:
    page = bind(pages())
    here, there = POLICY.search(page), POLICY.search(unpacked(page))
    assert here is not None
    assert there is not None
    assert here[1] == there[1]
    assert here[1].count("'sha256-") == 3  # theirs, and what unpacks


def test_the_same_pages_are_the_same_file() -> None:
    assert bind(pages()) == bind(pages())


def test_a_foreign_reference_in_any_language_is_refused() -> None:
    with pytest.raises(ForeignReferenceError):
        bind(pages(body='<img src="https://example.org/a.png">'))


def test_a_hostile_title_cannot_end_the_title_early(tmp_path: Path) -> None:
    write(tmp_path / "map.html", country(), facts(title="</title><script>alert(1)</script>"))
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    for told in (page, unpacked(page)):
        assert "<script>alert(1)" not in told
        assert told.count("&lt;/title&gt;&lt;script&gt;alert(1)") >= 2
    assert page.index("<title>") < page.index('class="translation"') < page.index("</head>")
