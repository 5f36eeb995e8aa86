"""Two pictures of confidence: what is risked by answering more, and whether it is as it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.kit.metrics import (
    Values,
    calibration_error,
    reliability,
    risk_coverage,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

FOLDER = Path(__file__).parent
COLOURS = ("#0b6e99", "#c2571a", "#5b5b5b")
# by title, then by reader: rows (confidence, whether the best sentence answers)
Judged = Mapping[str, Mapping[str, Values]]


def draw(judged: Judged, abstain: Mapping[str, float], into: Path = FOLDER) -> None:
    """Write risk_coverage.png and reliability.png; needs matplotlib (the extra `bench`).

    `abstain` is each reader's threshold, under which it does not answer.
    """
    picture, panels = _panels(judged)
    for panel, (title, readers) in zip(panels, judged.items(), strict=True):
        for (name, rows), colour in zip(readers.items(), COLOURS, strict=False):
            _risk(panel, _label(name), rows, abstain[name], colour)
        panel.set(
            title=title, xlabel="coverage: share of questions answered", xlim=(0, 1), ylim=(0, 1)
        )
        panel.legend(loc="best", frameon=False)
    panels[0].set_ylabel("risk: share of answers whose best sentence is wrong")
    _save(picture, into / "risk_coverage.png")
    picture, panels = _panels(judged)
    for panel, (title, readers) in zip(panels, judged.items(), strict=True):
        panel.plot((0, 1), (0, 1), color="#bbbbbb", linewidth=1)
        for (name, rows), colour in zip(readers.items(), COLOURS, strict=False):
            _reliable(panel, _label(name), rows, colour)
        panel.set(title=title, xlabel="confidence", xlim=(0, 1), ylim=(0, 1))
        panel.legend(loc="best", frameon=False)
    panels[0].set_ylabel("share whose best sentence is right")
    _save(picture, into / "reliability.png")


def _panels(judged: Judged) -> tuple[Picture, list[Axes]]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    picture = Figure(figsize=(5 * len(judged), 4.4), layout="constrained")
    FigureCanvasAgg(picture)  # a picture of its own: no window, no global state
    panels: Any = picture.subplots(1, len(judged), squeeze=False)
    return picture, list(panels[0])


def _risk(panel: Axes, label: str, rows: Values, abstain: float, colour: str) -> None:
    coverage, risk = risk_coverage(rows).T
    panel.step(coverage, risk, where="post", color=colour, label=label)
    answered = rows[rows[:, 0] >= abstain]
    if len(answered):
        at = len(answered) / len(rows), 1 - answered[:, 1].mean()
        panel.plot(*at, marker="o", color=colour, label=f"{label}, as it ships")


def _reliable(panel: Axes, label: str, rows: Values, colour: str) -> None:
    confidence, right, counts = reliability(rows).T
    panel.plot(
        confidence, right, color=colour, linewidth=1,
        label=f"{label} (calibration error {calibration_error(rows):.3f})",
    )  # fmt: skip
    panel.scatter(confidence, right, s=4 + 300 * counts / counts.sum(), color=colour, alpha=0.6)


def _label(name: str) -> str:
    return name.replace("_", " ")


def _save(picture: Picture, path: Path) -> None:
    # no date and no version in the file: the same figures are the same bytes
    picture.savefig(path, dpi=120, metadata={"Software": None})
