"""Lines of keys and values in TOML, of any form that TOML allows."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.question.lines import lines_of

FORMS = """\
# a comment with = and [brackets]
plain = 1
"quoted key" = 2
'literal "key"' = 3
"esc\\u00e5ped" = 4
dotted . keys."are too" = 5   # a = 1

[section]
text = "with = and # and [ and \\" inside"
literal = 'C:\\'
many = [
  1, # one
  [2, 3],

  "four",
  { five = 5, six = { seven = [
      7 ] } },
]
long = \"\"\"
[no.section]
no = "key" ""\"\"\"
longer = '''
no = 1''''
empty = []
none = {}
[section.inner] # comment
date = 1979-05-27 07:32:00
after = -1.5e3
[ spaced . "out" ]
x = true
[[tables]]
a = 1
[[tables]]
a = 2
[tables.under]
b = 3
[[tables.more]]
c = 4
"""


def paths(value, path=()):
    """Yield the path of every key and element of a document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from paths(inner, (*path, i))


def test_every_form_of_toml():
    lines = lines_of(FORMS)
    # A table that only its header's path or a dotted key implies, and an array of tables, have no line of their own.
    assert set(paths(tomllib.loads(FORMS))) - set(lines) == {("spaced",), ("tables",), ("tables", 1, "more")}
    assert set(lines) <= set(paths(tomllib.loads(FORMS)))
    at = {line: number for number, line in enumerate(FORMS.split("\n"), start=1)}
    assert lines["plain",] == at["plain = 1"]
    assert lines["escåped",] == at['"esc\\u00e5ped" = 4']
    assert lines["dotted", "keys", "are too"] == at['dotted . keys."are too" = 5   # a = 1']
    assert lines["section", "many", 1, 1] == at["  [2, 3],"]
    assert lines["section", "many", 2] == at['  "four",']
    assert lines["section", "many", 3, "six", "seven", 0] == at["      7 ] } },"]
    assert lines["section", "longer"] == at["longer = '''"]
    assert lines["section", "none"] == at["none = {}"]
    assert lines["spaced", "out", "x"] == at["x = true"]
    assert lines["tables", 1, "a"] == at["a = 2"]
    assert lines["tables", 1, "under", "b"] == at["b = 3"]
    assert lines["tables", 1, "more", 0, "c"] == at["c = 4"]


def test_ends_of_lines_of_windows_count_once():
    assert lines_of("a = 1\r\n\r\nb = [\r\n2]\r\n") == {("a",): 1, ("b",): 3, ("b", 0): 4}


KEYS = st.text(st.sampled_from('ab1_-. å"\\=#[]{},'), min_size=1, max_size=4)
TEXTS = st.text(st.sampled_from('ab ="#[]{}\\,\n'), max_size=6)
VALUES = st.recursive(
    st.integers(-5, 5) | TEXTS | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value, path, lines, at, draw):
    """Return a value as TOML and the line it ends on; note the lines of all that is within."""
    if isinstance(value, list):
        text = "["
        for i, inner in enumerate(value):
            breaks = draw(st.sampled_from(["", "\n", "\n # x = [1\n  ", " "]))
            text += breaks
            at += breaks.count("\n")
            lines[(*path, i)] = at
            part, at = written(inner, (*path, i), lines, at, draw)
            text += part + ","
        return text + "]", at
    if isinstance(value, dict):
        parts = []
        for key, inner in value.items():
            lines[(*path, key)] = at
            part, at = written(inner, (*path, key), lines, at, draw)
            parts.append(f"{quoted(key)} = {part}")
        return "{" + ", ".join(parts) + "}", at
    if isinstance(value, str):
        if value and draw(st.booleans()):
            body = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"""\n{body}"""', at + 1 + value.count("\n")
        return quoted(value), at
    return str(value).lower(), at


@given(st.data())
@settings(deadline=None)
def test_random_documents(data):
    draw = data.draw
    document = draw(st.dictionaries(KEYS, VALUES, max_size=4))
    lines, source, at = {}, "", 1
    for key, value in document.items():
        blank = draw(st.sampled_from(["", "\n", "  ", "# c = 1\n"]))
        at += blank.count("\n")
        lines[key,] = at
        text, at = written(value, (key,), lines, at, draw)
        source += f"{blank}{quoted(key)} = {text}\n"
        at += 1
    assert tomllib.loads(source) == document
    assert lines_of(source) == lines


@given(st.text(st.sampled_from("ab=[]{}\"'#.,\n\\ 1"), max_size=40))
def test_any_text_is_walked_to_its_end(text):
    lines_of(text)
