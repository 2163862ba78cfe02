import pytest
from country import Country, country, facts, write


@pytest.fixture(scope="session")
def norway() -> Country:
    return country()


@pytest.fixture(scope="session")
def national_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("national") / "map.html"
    write(path, country(), facts())
    return path.read_text(encoding="utf-8")
