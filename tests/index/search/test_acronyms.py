"""An acronym is the term with its initials that the documents use."""

from __future__ import annotations

import pytest

from index.search.acronyms import spelled_out

TEXTS = [
    "The Data Processing Agreement applies to all plans. See the Data Processing\nAgreement.",
    "The annual general meeting elects the Chief Information\nSecurity  Officer.",
    "The annual general meeting is in May. The annual general meeting is open to all.",
    "They also were surprised by the value of any thing.",
    "The Bureau of Fair Trade asks the Data Protection Authority.",
]


@pytest.mark.parametrize(
    ("acronym", "term"),
    [
        ("DPA", "Data Processing Agreement"),  # said twice, the authority once
        ("AGM", "annual general meeting"),
        ("CISO", "Chief Information Security Officer"),
        ("BFT", "Bureau of Fair Trade"),
        ("DP", "Data Processing"),
        ("AG", None),  # two small words are two words
        ("dpa", None),
        ("D2P", None),
        ("AWS", None),  # "also were surprised", said once
        ("VAT", None),
        ("NATO", None),
        ("ABCDEFG", None),
    ],
)
def test_the_term_that_is_meant(acronym: str, term: str | None) -> None:
    assert spelled_out(acronym, TEXTS) == term


def test_without_texts_there_is_none() -> None:
    assert spelled_out("DPA", []) is None
