"""Between two rounds of training, harder negatives: python -m training.harden [--sets nq squad2]

Reads each question's mined negatives with the exported model and orders them by how much it takes
them for an answer, so that training, which takes the first ones most often, shows it its own
mistakes (Xiong et al., "Approximate Nearest Neighbor Negative Contrastive Learning", ICLR 2021).
Only of sets whose questions stand for themselves: one about "the product" is answered by many
reviews that nobody marked.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rag.reader import FOLDER, CrossEncoder
from training.evaluate import best_evidence
from training.groups import Groups
from training.mine import workplace, write_rows

STANDING_ALONE = ("squad2", "nq", "qed", "scifact", "hotpot")


def main() -> None:
    """Write each set's groups.jsonl again, the negatives in another order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=STANDING_ALONE, choices=STANDING_ALONE)
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    args = parser.parse_args()
    model = CrossEncoder(args.reader)
    for name, mined in Groups(workplace(), args.sets).sets.items():
        for group in mined.groups:
            question = mined.pairs.tokens([group["question"]])[0]
            negatives = group["negatives"]
            rows = [mined.row(question, n) for n in negatives]
            evidence = [
                best_evidence([o], [r])[0] for o, r in zip(model.run(rows), rows, strict=True)
            ]
            order = sorted(range(len(rows)), key=lambda i: -evidence[i])
            group["negatives"] = [negatives[i] for i in order]
        write_rows(workplace() / f"{name}.groups.jsonl", mined.groups)
        print(name, len(mined.groups), "questions", flush=True)


if __name__ == "__main__":
    main()
