"""One file without network: assets as published, references refused, scripts that cannot be broken out of."""

import base64
import hashlib
import json
import re

import folium
import pytest
from folium.plugins import Fullscreen

from maps.pages import offline
from maps.pages.bilingual import bind
from maps.pages.offline import ForeignReferenceError, check, css_references, script_json, script_text

PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title>{head}</head><body>{body}</body></html>'


def test_assets_are_the_files_that_are_listed() -> None:
    listed = set(offline.assets()) | {"versions.json"}
    assert {
        path.relative_to(offline.ASSETS).as_posix() for path in offline.ASSETS.rglob("*") if path.is_file()
    } == listed
    for asset in offline.assets().values():
        assert hashlib.sha256((offline.ASSETS / asset.path).read_bytes()).hexdigest() == asset.sha256


def test_every_package_carries_version_and_licence() -> None:
    listing = json.loads((offline.ASSETS / "versions.json").read_text(encoding="utf-8"))
    for package in listing["packages"]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert package["licence"]
        assert any(item["path"].endswith("LICENSE") for item in package["files"])


def test_assets_are_what_folium_asks_for() -> None:
    asked = dict(folium.Map.default_js + folium.Map.default_css + Fullscreen.default_js + Fullscreen.default_css)
    versions = {
        item["name"]: item["version"] for item in json.loads((offline.ASSETS / "versions.json").read_text())["packages"]
    }
    for asset in offline.assets().values():
        if asset.folium:
            package = asset.path.partition("/")[0]
            major_minor = versions[package].rpartition(".")[0]
            assert f"{package}@{major_minor}." in asked[asset.folium]


def test_folium_classes_are_left_as_they_were() -> None:
    before = [*folium.Map.default_js], [*folium.Map.default_css]
    plain = folium.Map()
    offline.point_to_assets(plain)
    assert plain.default_js == [("leaflet", "leaflet/leaflet.js")]
    assert ([*folium.Map.default_js], [*folium.Map.default_css]) == before


def test_sealing_puts_the_assets_in() -> None:
    head = '<link rel="stylesheet" href="leaflet/leaflet.css"/><script src="leaflet/leaflet.js"></script>'
    page = bind({"nb": PAGE.format(head=head, body="")})
    assert '<link rel="stylesheet"' not in page
    assert "src=" not in page.partition("<body>")[0].partition("<script>")[0]
    assert "sourceMappingURL" not in page
    assert page.count("url(data:image/png;base64,") == 3
    assert "Leaflet 1.9.4" in page


def test_policy_names_each_script_by_checksum_and_forbids_the_rest() -> None:
    page = bind({"nb": PAGE.format(head="", body="<script>let a = 1;</script>")})
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert rules["script-src"].split()[0] == f"'sha256-{digest}'"
    assert len(rules["script-src"].split()) == page.count("<script>") == 2  # ours, and what opens another language
    assert rules["img-src"] == "data: https://cache.kartverket.no"
    assert "connect-src" not in rules  # falls back to default-src


@pytest.mark.parametrize(
    "body",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<script src="//cdn.example.org/a.js"></script>',
        '<script src="local.js"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="preconnect" href="https://example.org">',
        '<img src="picture.png">',
        '<img srcset="https://example.org/a.png 2x">',
        '<a href="https://example.org">out</a>',
        '<iframe srcdoc="x"></iframe>',
        '<base href="https://example.org">',
        '<form action="https://example.org"></form>',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
        '<p style="background: url(https://example.org/a.png)"></p>',
        "<style>@import 'a.css';</style>",
        "<style>p { background: URL( 'a.png' ) }</style>",
        '<svg><use xlink:href="https://example.org/a.svg#b"></use></svg>',
        '<script>fetch("https://example.org/data.json")</script>',
        "<script>new WebSocket('wss://example.org')</script>",
        '<script type="module">import "https://example.org/a.js"</script>',
        '<!-- it\'s > <p> --><img src="https://example.org/a.png">',
        "<p title=it's><img src=https://example.org/a.png>",
        '<img alt="<" src="https://example.org/a.png"><img alt=\'>"\'>',
        '<textarea id="a"></textarea><textarea id="b"></textarea><img src="https://example.org/a.png">',
        '<SCRIPT>fetch("https://example.org/data.json")</SCRIPT ><p>',
    ],
)
def test_a_foreign_reference_is_refused(body: str) -> None:
    with pytest.raises(ForeignReferenceError) as fault:
        bind({"nb": PAGE.format(head="", body=body)})
    assert len(fault.value.references) >= 1


def test_all_references_are_named_at_once() -> None:
    with pytest.raises(ForeignReferenceError) as fault:
        check('<img src="a.png"><p style="background:url(b.png)"></p><script>x = "http://c.no"</script>')
    assert fault.value.references == ("<img> a.png", "<p> b.png", "<script> http://c.no")


@pytest.mark.parametrize(
    "body",
    [
        '<a href="#search">down</a>',
        '<img src="data:image/png;base64,AAAA">',
        f"<script>L.tileLayer({json.dumps(offline.TILES)})</script>",
        '<script>document.createElementNS("http://www.w3.org/2000/svg", "svg")</script>',
        '<script type="application/json">{"note": "see https://example.org"}</script>',
        "<p>See https://example.org</p>",
        "<style>.a { fill: url(#hatch) }</style>",
    ],
)
def test_what_stays_in_the_page_is_accepted(body: str) -> None:
    check(PAGE.format(head="", body=body))


def test_another_tile_host_is_refused() -> None:
    with pytest.raises(ForeignReferenceError):
        check('<script>L.tileLayer("https://cache.kartverket.no.example.org/{z}/{x}/{y}.png")</script>')


def test_css_references() -> None:
    assert css_references("a{b:url(#c)} d{e:url('data:x')} f{g:url(h.png)} @import url(i.css);") == [
        "h.png",
        "url(i.css)",
    ]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028", "\"'\\"])
def test_inline_data_cannot_end_its_element(text: str) -> None:
    written = str(script_json({"name": text, text: 1}))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"name": text, text: 1}


def test_inline_code_cannot_end_its_element() -> None:
    code = script_text('a = "</script>"; b = "</SCRIPT >"; c = "<!--";\r\n//# sourceMappingURL=x.map')
    assert code == 'a = "<\\/script>"; b = "<\\/SCRIPT >"; c = "<\\!--";'


def test_a_page_without_its_charset_first_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="charset"):
        bind({"nb": "<html></html>"})
