"""A network that is small enough to compute by hand."""

import networkx as nx
import pytest

IDS = ("0001", "0002", "0003")


@pytest.fixture
def coast():
    """Three centres 0.1 degree of latitude (11.1 km) apart; a road from the first to the second, then a ferry."""
    graph = nx.Graph(edition="2024", closed_in_winter=[])
    for k, number in enumerate(IDS):
        place = {"lon": 6.0, "lat": 60.0 + 0.1 * k, "ground": number}
        graph.add_node(f"C{number}", **place, kind="centre", name=f"Town {number}", kommunenummer=number)
    graph.add_node("Q1", lon=6.0, lat=60.11, ground="0002", kind="quay", name="Sandvik", kommunenummer="")
    same = {"sailing_min": 0.0, "wait_min": 0.0, "source": "egm"}
    graph.add_edge("C0001", "C0002", minutes=14.0, km=12.0, kind="road", road_class="primary", ref="6", **same)
    graph.add_edge("C0002", "Q1", minutes=2.0, km=1.2, kind="road", road_class="secondary", ref="13", **same)
    sails = {"sailing_min": 25.0, "wait_min": 30.0, "source": "egm"}
    graph.add_edge("Q1", "C0003", minutes=55.0, km=11, kind="ferry", road_class="ferry", ref="Sandvik-Vik", **sails)
    return graph
