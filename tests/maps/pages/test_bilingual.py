"""One file, every language: what is packed is the sealed page of the other language, under the same policy."""

import re
from pathlib import Path

import pytest
from country import country, facts, write
from packed import PACKED, unpacked

from maps.pages.bilingual import bind
from maps.pages.offline import ForeignReferenceError

PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
SHARED = "\n" + "".join(f"let shared{k} = {k};\n" for k in range(500)) + "let last;"
POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


def pages(**english: str) -> dict[str, str]:
    return {
        "nb": PAGE.format(language="nb", title="Side", body=f"<script>let a = 1;{SHARED}</script>"),
        "en": PAGE.format(
            **{"language": "en", "title": "Page", "body": f"<script>let b = 2;{SHARED}</script>"} | english
        ),
    }


def test_the_first_page_holds_the_other_whole() -> None:
    page = bind(pages())
    assert page.startswith('<!DOCTYPE html><html lang="nb">')
    other = unpacked(page)
    meta = re.compile(r"\n<meta http-equiv=[^>]*>")
    assert meta.sub("", other) == pages()["en"]
    assert "translation" not in other
    assert page.count("let shared7 = 7;") == 1
    [(_, packed)] = PACKED.findall(page)
    assert len(packed) < 0.2 * len(SHARED), "what both have stands once"


@pytest.mark.parametrize(
    "code", ["", "\n", "let b = 2;", f"let b = 2;{SHARED}let more;", SHARED.replace("= 7;", "= 8;")]
)
def test_a_page_comes_back_whatever_it_shares(code: str) -> None:
    page = bind(pages(body=f"<style>p {{ margin: 0; }}</style><p>a\n</p><script>{code}</script>"))
    other = re.sub(r"\n<meta http-equiv=[^>]*>", "", unpacked(page))
    assert other.endswith(f"<script>{code}</script></body></html>")


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
