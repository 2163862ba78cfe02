"""Read the page in the other language out of a page."""

import base64
import gzip
import re


def unpacked(page: str) -> str:
    """Return the one page that is packed in another."""
    packed = re.findall(
        r'<script type="application/gzip" class="translation" data-language="\w\w">([^<]*)</script>', page
    )
    assert len(packed) == 1
    return gzip.decompress(base64.b64decode(packed[0])).decode()
