"""What the parts of a way are called."""

from maps.told.texts import Words


def part_name(words: Words, name: str, road_class: str, *, ferry: bool) -> str:
    """Return what a part of a way is called: "E6", "veg 17", "ferje Bognes-Lødingen", "Nordnestunnelen".

    Parameters
    ----------
    words
        The language.
    name
        Number or name; may be empty.
    road_class
        As the data calls it, which says what a road without a name is.
    ferry
        Whether it is a crossing.
    """
    if ferry:
        return words.text("way.ferry", name=name)
    if name.isdigit():
        return words.text("way.road", name=name)
    return name or words.text(f"way.class_{road_class}")
