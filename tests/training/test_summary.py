"""How much is quoted: what is counted, and when one choice is ahead of another."""

from __future__ import annotations

import numpy as np
import pytest

from index.types import Hit, Passage, Sentence, Span
from rag.query import AskedQuestion
from rag.types import Reading
from tests.doubles import document
from training.summary import Values, _Case, _gain, _lead, _outcomes

TEXT = "Ida Holm founded Brell. Brell sells rye bread. The mill burned down in 1901."


@pytest.fixture
def case() -> _Case:
    """Three sentences of one passage, scored 5, 4 and 1; the second and the third are gold."""
    made = document(TEXT)
    spans = [Span(0, 23), Span(24, 46), Span(47, len(TEXT))]
    passage = Passage(made, 0, len(TEXT), tuple(Sentence(*span) for span in spans))
    hit = Hit(passage, 1.0)
    readings = [
        Reading(hit, span, score, 0.9) for span, score in zip(spans, (5.0, 4.0, 1.0), strict=True)
    ]
    return _Case(AskedQuestion("Who?"), readings, frozenset((made.id, span) for span in spans[1:]))


@pytest.mark.parametrize(
    ("keep", "expected"),
    [(0.5, (0.0, 0.0, 1.0)), (1.0, (0.5, 1.0, 2.0)), (4.0, (0.8, 1.0, 3.0))],
)
def test_a_wider_margin_quotes_more(
    case: _Case, keep: float, expected: tuple[float, float, float]
) -> None:
    found = _outcomes({"made": [case]}, Values(keep, 0.0, 0.0, 0.0))
    assert found["made"].tolist() == [list(expected)]  # F1, any, sentences


def test_each_set_counts_the_same() -> None:
    small, large = np.array([[1.0, 1.0, 1.0]]), np.array([[0.0, 0.0, 1.0]] * 9)
    assert _gain({"small": small, "large": large}) == 1.0


def test_a_lead_has_the_standard_error_of_pairs() -> None:
    rng = np.random.default_rng(0)
    ours, theirs = ({n: rng.random((40, 3)) for n in ("a", "b")} for _ in range(2))
    lead, error = _lead(ours, theirs)
    pairs = {n: (ours[n] - theirs[n])[:, :2].sum(axis=1) for n in ours}
    drawn = [
        np.mean([p[rng.integers(0, len(p), len(p))].mean() for p in pairs.values()])
        for _ in range(4_000)
    ]
    assert lead == pytest.approx(_gain(ours) - _gain(theirs))
    assert error == pytest.approx(np.std(drawn), rel=0.05)
    assert _lead(ours, ours) == (0.0, 0.0)
