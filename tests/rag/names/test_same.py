"""Which names are of one, and which are not joined."""

from __future__ import annotations

from rag.names import name_key, same_names
from rag.names.same import may_be_short_for

PEOPLE = {("jane", "smith"), ("walter", "smith"), ("helen", "marsh")}


def test_titles_legal_forms_and_signs_tell_nothing_apart() -> None:
    assert name_key("Dr. Helen Marsh") == name_key("Helen Marsh")
    assert name_key("NVIDIA Corp.") == name_key("Nvidia")
    assert name_key("U.S.") == name_key("US")
    assert name_key("Velora 3") != name_key("Velora 2")


def test_short_forms_are_joined() -> None:
    joined = same_names(
        [
            *("Jane Smith", "Smith", "J. Smith", "Food and Drug Administration", "FDA"),
            *("U.S.", "United States"),
        ],
        PEOPLE,
    )
    assert joined["Smith"] == joined["J. Smith"] == joined["Jane Smith"]
    assert joined["FDA"] == joined["Food and Drug Administration"]
    assert joined["U.S."] == joined["United States"]


def test_two_smiths_stay_two_and_a_lone_one_is_of_neither() -> None:
    joined = same_names(["Jane Smith", "Walter Smith", "Smith", "W. Smith"], PEOPLE)
    assert "Smith" not in joined
    assert joined["Jane Smith"] != joined["Walter Smith"] == joined["W. Smith"]


def test_a_place_in_the_name_of_another_is_not_that() -> None:
    joined = same_names(["University of Galway", "Galway"], PEOPLE)
    assert joined["Galway"] != joined["University of Galway"]


def test_a_title_says_whose_last_name_it_is() -> None:
    joined = same_names(["Okke Brandsma", "Dr Brandsma", "Brandsma Hall"], set())
    assert joined["Dr Brandsma"] == joined["Okke Brandsma"] != joined["Brandsma Hall"]


def test_what_the_text_says_to_be_short_for_another() -> None:
    full = "Royal Horticultural Society of Tarn"
    assert may_be_short_for("RHST", full)
    assert not may_be_short_for("RHX", full)
    assert not may_be_short_for("Tarn", full)
    joined = same_names([full, "ROHOST"], set(), {"ROHOST": full})
    assert joined["ROHOST"] == joined[full]
