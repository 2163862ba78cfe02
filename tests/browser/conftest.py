"""A real Chromium without network; skipped where there is none, unless PLANKONTOR_BROWSER=required."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, sync_playwright
from pytest_socket import disable_socket, enable_socket
from visiting import Opened, leave, visit

if TYPE_CHECKING:
    from country import Country

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")

# Each new context opens a window whose address bar loads pages of its own: half of what a test costs, and no use here.
# The list takes the place of Playwright's, so what that keeps from the network or from painting late is named again.
DISABLED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI"),
    *("AimEnabled", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PreconnectToSearch"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"),
)
ARGUMENTS = [
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    f"--disable-features={','.join(DISABLED)}",
]


def missing(reason: str) -> None:
    if os.environ.get("PLANKONTOR_BROWSER") == "required":
        pytest.fail(f"{reason}, and PLANKONTOR_BROWSER=required", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("PLANKONTOR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("no Chromium is installed (Debian: apt-get install chromium)")
    enable_socket()  # playwright talks to its own browser on this machine
    try:
        with sync_playwright() as playwright:
            try:
                opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            except Error as error:
                missing(f"{path} does not start: {error}")
            yield opened
            opened.close()
    finally:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _tabs() -> Iterator[None]:
    """Take back what a test has open, when its other fixtures are done with it."""
    yield
    leave()


@pytest.fixture(scope="session")
def region() -> "Country":
    from country import country  # noqa: PLC0415 - heavy, and not needed where there is no browser

    return country()


@pytest.fixture(scope="session")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from country import country, facts, write  # noqa: PLC0415 - as above

    path = tmp_path_factory.mktemp("page") / "map.html"
    write(path, country(), facts())
    return path


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from country import country, facts, write_report_of  # noqa: PLC0415 - as above

    path = tmp_path_factory.mktemp("page") / "report.html"
    write_report_of(path, country(), facts())
    return path


@pytest.fixture(scope="session")
def national_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from country import WHOLE, country, facts, write  # noqa: PLC0415 - as above

    path = tmp_path_factory.mktemp("page") / "map.html"
    write(path, country(WHOLE), facts())
    return path


@pytest.fixture(scope="session")
def national_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from country import WHOLE, country, facts, write_report_of  # noqa: PLC0415 - as above

    path = tmp_path_factory.mktemp("page") / "report.html"
    write_report_of(path, country(WHOLE), facts())
    return path


@pytest.fixture
def opened(browser: Browser, map_file: Path) -> Iterator[Opened]:
    page = visit(browser, map_file)
    yield page
    assert page.requests == []
    assert page.complaints == []


@pytest.fixture
def norway(browser: Browser, national_map: Path) -> Iterator[Opened]:
    page = visit(browser, national_map)
    yield page
    assert page.requests == []
    assert page.complaints == []


@pytest.fixture
def report(browser: Browser, report_file: Path) -> Iterator[Opened]:
    page = visit(browser, report_file, 1280, 900)
    yield page
    assert page.requests == []
    assert page.complaints == []
