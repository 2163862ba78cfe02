import pytest
from country import WHOLE, Country, country, facts, write


@pytest.fixture(scope="session")
def norway() -> Country:
    return country(WHOLE)


@pytest.fixture(scope="session")
def region() -> Country:
    return country()


@pytest.fixture(scope="session")
def national_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("national") / "map.html"
    write(path, country(WHOLE), facts())
    return path.read_text(encoding="utf-8")
