"""Read the page in another language out of a page, as a browser does."""

import base64
import gzip
import json
import re

PACKED = re.compile(r'<script type="application/gzip" class="translation" data-language="(\w\w)">([^<]*)</script>')
CODE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)


def unpacked(page: str, language: str = "en") -> str:
    """Return the page in a language that is packed in another."""
    [packed] = [text for name, text in PACKED.findall(page) if name == language]
    _, _, rest = page.rpartition('class="translation"')
    rest = rest.partition("</script>")[2].partition("</script>")[2]  # behind the last pack, and what unpacks
    lines = [re.split(r"(?<=\n)", code) for _, code in CODE.findall(rest)]
    parts = json.loads(gzip.decompress(base64.b64decode(packed)))
    return "".join(part if isinstance(part, str) else "".join(lines[part[0]][part[1] : part[2]]) for part in parts)
