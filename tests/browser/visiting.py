"""A page opened in a browser without network, and what it did."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

# Generous: a machine with one busy core is slow, not wrong.
expect.set_options(timeout=30_000)


@dataclass
class Opened:
    """A page in the browser, with everything it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down requests, errors and warnings from now on."""
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "file:")):
            self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


def visit(browser: Browser, path: Path, width: int = 1280, height: int = 800, address: str = "") -> Opened:
    """Open a page with the network off."""
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce")
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    opened = Opened(context.new_page())
    opened.watch()
    opened.page.goto(path.as_uri() + address)
    # Not by wait_for_function: if the page is replaced meanwhile, it runs code of its own, which the page forbids.
    expect(opened.page.locator("html")).to_have_attribute("data-ready", "yes")
    return opened
