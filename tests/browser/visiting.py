"""A page opened in a browser without network, and what it did.

Tabs are used again: a new one costs a third of what opening a page does.
"""

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect

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
        self.page.on("pageerror", self._error)

    def leave(self) -> None:
        """Write down nothing more."""
        self.page.remove_listener("request", self._request)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "file:")):
            self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _error(self, error: Error) -> None:
        self.complaints.append(str(error))


used: list[Opened] = []
free: list[Page] = []


def tab(browser: Browser) -> Page:
    """Open a tab with the network off."""
    context = browser.new_context(offline=True, reduced_motion="reduce")
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    return context.new_page()


def visit(browser: Browser, path: Path, width: int = 1280, height: int = 800, address: str = "") -> Opened:
    """Open a page with the network off; a test that listens to its tab, or routes it, closes it afterwards."""
    opened = Opened(free.pop() if free else tab(browser))
    used.append(opened)
    opened.watch()
    opened.page.set_viewport_size({"width": width, "height": height})
    opened.page.goto(path.as_uri() + address)
    # Not by wait_for_function: if the page is replaced meanwhile, it runs code of its own, which the page forbids.
    expect(opened.page.locator("html")).to_have_attribute("data-ready", "yes")
    return opened


def leave() -> None:
    """Empty the tabs that the test did not close, for the next one."""
    for opened in used:
        if not opened.page.is_closed():
            opened.leave()
            opened.page.emulate_media(media="null", reduced_motion="reduce")
            opened.page.mouse.move(0, 0)
            opened.page.goto("about:blank")
            free.append(opened.page)
    used.clear()


def violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds to keep people from reading a page, or a part of it."""
    found = Axe().run(page, within).response["violations"]
    return [f"{item['impact']} {item['id']}: {item['nodes'][0]['html'][:150]}" for item in found]


def unfold(page: Page) -> None:
    """Open every section that a phone folds."""
    page.locator(".folds:not(.open) > h2 > button").evaluate_all("all => all.forEach((one) => one.click())")
