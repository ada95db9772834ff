"""What counts as the origin of a web page."""

import re

# Scheme, host and port as a browser sends them in `Origin`: no path, no trailing slash, no wildcard.
ORIGIN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?"
)


def is_origin(text: str) -> bool:
    """Whether the text is a full origin such as https://shop.example.com or http://localhost:8000."""
    return len(text) <= 260 and ORIGIN.fullmatch(text) is not None
