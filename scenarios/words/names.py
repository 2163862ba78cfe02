"""What to call the municipalities in sentences: names told apart, in the language of the answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from maps.told.texts import Words
from scenarios.question import gazetteer
from scenarios.world.build import World


@dataclass(frozen=True)
class Names(Words):
    """The texts of one language, and what to call the municipalities in them.

    Parameters
    ----------
    by_id
        Number to name; two that share a name are told apart.
    """

    by_id: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[str, str], counties: Mapping[str, str], words: Words) -> "Names":
        """Return the names, those that several share with their county in parentheses.

        Parameters
        ----------
        names
            Number to name.
        counties
            Number to the name of the county.
        words
            Of which language, and how.
        """
        times = Counter(names.values())
        told = {i: f"{name} ({counties[i]})" if times[name] > 1 else name for i, name in names.items()}
        return cls(words.language, told, net=words.net, called=words.called)

    def __getitem__(self, id_: str) -> str:
        """Return the name of a municipality."""
        return self.by_id[id_]

    def all_of(self, ids: Iterable[str], most: int | None = None) -> str:
        """Return several names in one phrase."""
        return self.listed((self.by_id[id_] for id_ in ids), most)


def names_of(world: World, language: str) -> Names:
    """Return what to call the municipalities."""
    book = gazetteer.of(world.municipalities)
    counties = {number: book.counties[county] for number, county in world.municipalities["county_number"].items()}
    return Names.of(book.names, counties, world.words(language))


def names_used(world: World, names: Names) -> Mapping[str, str]:
    """Return the names of the municipalities that take part, by number."""
    active = world.problem.active
    return {id_: names[id_] for id_, joins in zip(world.problem.ids, active, strict=True) if joins}
