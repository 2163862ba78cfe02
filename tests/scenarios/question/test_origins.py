"""Where settings were written, and how their paths are shown."""

from scenarios.question.origins import FilePlace, Origins, dotted


def test_a_setting_that_nobody_wrote_is_found_at_what_is_around_it():
    origins = Origins({("limits",): FilePlace("a.toml", 3), ("limits", "x"): FilePlace("--set")}, "a.toml")
    assert origins.find(("limits", "y", 0)) == FilePlace("a.toml", 3)
    assert origins.find(("limits", "x")) == FilePlace("--set")
    assert origins.find(("weights",)) == FilePlace("a.toml")


def test_paths_are_written_as_people_write_them():
    assert dotted(("pins", "together", 0, 1)) == "pins.together[0][1]"
    assert dotted(("pins", "fixed", "0301")) == 'pins.fixed."0301"'
    assert dotted(("pins", "fixed", "Kåfjord")) == 'pins.fixed."Kåfjord"'
