"""What pages say of how firm a plan is."""

from collections.abc import Mapping
from typing import Final

from maps.told.firm import ALWAYS, FirmPlan, Level, VariantPlan
from maps.told.plan import Member, Office
from maps.told.texts import Words

LEVELS: Final[tuple[Level, ...]] = ("firm", "fair", "loose")
EQUAL: Final = 0.05
"""Minutes-equivalents that are no difference when they are told with one decimal."""
TOLD: Final = 2
"""Terms named in a sentence."""
FIXED: Final = "planners.supply_fixed_fte"


class FirmWords:
    """How firm a plan is, in words.

    Parameters
    ----------
    words
        Of the reader's language.
    firm
        What is told of.
    parameters
        Settings of the scenario by dotted name.
    """

    def __init__(self, words: Words, firm: FirmPlan, parameters: Mapping[str, object]) -> None:
        self.words, self.firm, self.parameters = words, firm, parameters
        self.within = words.setting(round(100 * firm.within, 6))

    @property
    def asked(self) -> bool:
        """Whether anything is to be told: how firm it is, or why that is not known."""
        return self.firm.left_out != "not asked"

    @property
    def reason(self) -> str:
        """Why it is not known; empty if it is."""
        return self._text(f"left_{self.firm.left_out.replace(' ', '_')}") if self.firm.left_out else ""

    @property
    def headline(self) -> str:
        """How firm the plan is, in a sentence; or why that is not known."""
        if self.reason:
            return self.reason
        alone = sum(self._single(id_) for id_, found in self.firm.companions.items() if found == ALWAYS)
        always = self._text(
            "headline",
            always=self._number(self.firm.always),
            of=self._municipalities,
            sharing=self._number(self.firm.always - alone),
            alone=self._number(alone),
        )
        if not self.firm.solved:
            return self._text("headline_only", first=always)
        return self._text(
            "headline_variants",
            first=always,
            changing=self._number(self.firm.changing),
            variants=self.words.count("variants", len(self.firm.solved)),
        )

    @property
    def scope(self) -> str:
        """Over what firmness is measured: a run of a county and one of the country may differ."""
        return self._text("scope", of=self._municipalities)

    @property
    def pairs(self) -> str:
        """How many pairs and hosts always are as in the plan."""
        hosts = list(self.firm.same_host.values()).count(ALWAYS)
        return self._text(
            "pairs",
            all=self._number(self.firm.pairs_always),
            pairs=self.words.count("pairs", len(self.firm.together)),
            hosts=self.words.count("municipalities", hosts),
        )

    @property
    def levels(self) -> str:
        """What the words for how firm a place is mean, and for how many municipalities each holds."""
        found = [self.firm.level(id_) for id_ in self.firm.companions]
        return self._text(
            "levels", **{level: self.words.count("municipalities", found.count(level)) for level in LEVELS}
        )

    def level(self, level: Level) -> str:
        """Return the word for how firm a place is."""
        return self._text(f"level_{level}")

    def plans(self, always: bool) -> str:
        """Return whether something is so in all nearly best plans, or in some only."""
        return self._text("plans_all") if always else self._text("plans_some")

    def name(self, variant: VariantPlan) -> str:
        """Return what is changed in a variant, in a few words."""
        changes = variant.changes
        name, value = next(iter(changes.items()))
        if len(changes) > 1 and name == FIXED:
            fixed, rate = (self.words.setting(one) for one in changes.values())
            return self._text("variant_supply_fixed_fte", value=fixed, rate=rate)
        key = name.partition(".")[2]
        if isinstance(value, str):
            return self._text(f"variant_{key}_{value}")
        if name == "travel.factor":
            return self._text("variant_factor", value=self.words.setting(round(100 * (value - 1), 6)))
        return self._text(f"variant_{key}", value=self.words.setting(value))

    def heading(self, variant: VariantPlan) -> str:
        """Return the name of a variant as the beginning of a row."""
        name = self.name(variant)
        return name[:1].upper() + name[1:]

    def now(self, variant: VariantPlan) -> str:
        """Return what the plan has where a variant has something else; empty where that goes without saying."""
        [name, *more] = variant.changes
        if more or name not in self.parameters or isinstance(self.parameters[name], str):
            return ""
        return self._text("now", value=self.words.setting(self.parameters[name]))

    def state(self, variant: VariantPlan) -> str:
        """Return why a variant has no plan of its own; empty if it has one."""
        return "" if variant.state == "optimal" else self._text(f"state_{variant.state.replace(' ', '_')}")

    def member(self, id_: str) -> str:
        """Return how firm a municipality's place is, and why."""
        firm, single = self.firm, "_alone" if self._single(id_) else ""
        if firm.companions[id_] == ALWAYS:
            first = self._text(f"always{single}", within=self.within)
        elif firm.margins[id_] < EQUAL:
            first = self._text(f"equal{single}")
        else:
            first = self._text(f"some{single}", within=self.within, margin=self.words.number(firm.margins[id_], 1))
        return " ".join([f"{self.level(firm.level(id_))}.", first, *self._changes(id_, single)])

    def why(self, id_: str, members: Mapping[str, Member]) -> str:
        """Return why a municipality has the host that it has, by the best plan in which it has another."""
        if not self.firm.elsewhere:
            return ""
        other = self.firm.elsewhere.get(id_)
        if other is None:
            return self._text("why_only")
        kind = "host" if other.host != id_ else "own" if len(other.members) > 1 else "alone"
        place = self._text(f"why_{kind}", host=members[other.host].label)
        if abs(other.extra) < EQUAL:
            return self._text("why_same", place=place)
        told = [self._share(name, minutes) for name, minutes in most(other.terms)]
        return self._text("why", place=place, extra=self.words.number(other.extra, 1), terms=self.words.listed(told))

    def _share(self, name: str, minutes: float) -> str:
        """Return what a term has to do with it."""
        noun = self.words.text(f"term.{name}.noun")
        return self._text("why_more" if minutes > 0 else "why_less", n=self.words.number(abs(minutes), 1), noun=noun)

    def short(self, id_: str) -> str:
        """Return how firm a municipality's place is, in one line."""
        firm, many, single = self.firm, len(self.firm.solved), "_alone" if self._single(id_) else ""
        values = {"level": self.level(firm.level(id_))}
        kept = {"keeps": self._number(many - len(firm.changes[id_])), "variants": self.words.count("variants", many)}
        always = firm.companions[id_] == ALWAYS
        if not many:
            return self._text(f"only_all{single}" if always else f"only_some{single}", **values)
        return self._text(f"short_all{single}" if always else f"short_some{single}", **values, **kept)

    def office(self, office: Office) -> str:
        """Return how firm the places of an office's members are, in a line."""
        of = {level: [one for one in office.members if self.firm.level(one.id) == level] for level in LEVELS}
        found = {level: members for level, members in of.items() if members}
        if len(found) == 1:
            return self.level(next(iter(found)))
        parts = [f"{self.level(level)}: {', '.join(one.label for one in members)}" for level, members in found.items()]
        return " · ".join(parts)

    def _changes(self, id_: str, single: str) -> list[str]:
        """Return in which variants a municipality has another office; nothing if there are no variants."""
        many, changes = len(self.firm.solved), self.firm.changes[id_]
        if not many:
            return []
        variants = self.words.count("variants", many)
        if not changes:
            return [self._text(f"keeps{single}", k=self._number(many), variants=variants)]
        names = "; ".join(self.name(variant) for variant in changes)
        return [self._text("changes", k=self._number(len(changes)), variants=variants, names=names)]

    def _single(self, id_: str) -> bool:
        """Return whether a municipality stands alone in the plan."""
        return not any(id_ in pair for pair in self.firm.together)

    @property
    def _municipalities(self) -> str:
        return self.words.count("municipalities", len(self.firm.companions))

    def _number(self, value: int) -> str:
        return self.words.number(value)

    def _text(self, key: str, **values: str) -> str:
        return self.words.text(f"firm.{key}", **({"within": self.within} | values))


def most(terms: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the terms that tell most of a difference: what costs more before what saves."""
    large = sorted(terms.items(), key=lambda one: -abs(one[1]))[:TOLD]
    return sorted([one for one in large if abs(one[1]) >= EQUAL], key=lambda one: -one[1])
