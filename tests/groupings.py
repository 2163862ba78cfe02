"""Hypothesis strategies for groupings of a problem."""

import strategies
from hypothesis import strategies as st

from optimizer.grouping import Grouping


@st.composite
def cases(draw, options=2, most=6):
    problem = draw(strategies.problems(most=most))
    active = [id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part]
    return problem, [draw(groupings(active)) for _ in range(options)]


@st.composite
def groupings(draw, ids):
    labels = draw(strategies.picks(len(ids), range(len(ids))))
    offices = [[i for i, label in zip(ids, labels, strict=True) if label == office] for office in sorted(set(labels))]
    return Grouping.of_offices([(draw(st.sampled_from(office)), office) for office in offices])
