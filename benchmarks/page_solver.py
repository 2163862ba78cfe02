"""The solver in the report against the program: random settings, each asked in a browser and solved again.

``python benchmarks/page_solver.py --many 100`` writes a report of the scenario, opens it in Chromium with the network
off, and asks it again and again: other prices, tighter limits, demands, one county, feasible or not. Each question is
saved as a scenario by the page, and what the program says of that is compared. It tells the times from press to answer,
of one county apart, from opening the panel to a solver that is ready, the longest tasks of the page's own thread in
processor time, which other work of the machine does not change, and the size of the file. ``--page-only`` asks without
comparing, for the times of an idle machine.
"""

import argparse
import random
import shutil
import statistics
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from optimizer.judging.evaluate import evaluate
from optimizer.solve import Options, solve
from scenarios.export.pages import write_pages
from scenarios.export.run_folder import facts_of
from scenarios.question.errors import ScenarioError
from scenarios.world.build import open_world
from scenarios.world.solving import Outcome

AGREE = 0.01
START = """() => new Promise((done) => {
  const make = window.Worker;
  const begun = performance.now();
  window.Worker = class extends make {
    constructor(address) {
      super(address);
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "ready") done((performance.now() - begun) / 1000);
      });
    }
  };
  document.querySelector("#best-heading button").click();
})"""
"""Open the panel; seconds until the solver is ready."""
PRESS = """() => new Promise((done) => {
  const [form, status] = ["best-form", "best-status"].map((id) => document.getElementById(id));
  const before = status.textContent;
  const begun = performance.now();
  let told = null;
  let worked = false;
  const look = () => {
    worked ||= form.getAttribute("aria-busy") === "true";
    if (status.textContent !== before && !/ \u2026$/.test(status.textContent)) told ??= performance.now() - begun;
    if (worked && form.getAttribute("aria-busy") === "true") return;
    watch.disconnect();
    done([status.textContent, told / 1000, (performance.now() - begun) / 1000]);
  };
  const watch = new MutationObserver(look);
  watch.observe(form, { attributes: true });
  watch.observe(status, { childList: true });
  document.getElementById("best-find").click();
})"""
"""Ask; what is said, seconds until then, and until all is drawn. A field that is wrong is told at once."""
TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
COUNTY_ASKED = 10
SCENARIO = """async () => {
  const judge = plankontor.makeJudge(plankontor.questionOf(plankontor.theTrial().judge, plankontor.asked()));
  return plankontor.scenarioToml(await (await plankontor.carried("solver-scenario")).text(), judge, []);
}"""
OBJECTIVE = """() => {
  const judge = plankontor.makeJudge(plankontor.questionOf(plankontor.theTrial().judge, plankontor.asked()));
  return plankontor.judgedWithout(judge, plankontor.trying.shown()).objective;
}"""


def written(scenario: str, folder: Path) -> tuple[Path, float]:
    """Return a report of a scenario, and its objective."""
    world = open_world(scenario)
    result = solve(world.problem)
    if result.grouping is None:
        raise SystemExit(f"{scenario} has no plan")
    outcome = Outcome(world, result, evaluate(world.problem, result.grouping))
    write_pages(folder, outcome, facts_of(outcome, {}))
    return folder / "report.html", result.objective or 0.0


def set_fields(page: Page, draw: random.Random, prices: dict[str, float], limits: dict[str, Any]) -> None:
    """Fill in random prices and tighter limits, as a reader would."""
    page.locator("#best-reset").click()
    for name, price in prices.items():
        if draw.random() < 0.6:
            most = 2 if name == "cost" else 100
            value = draw.choice([0.0, price, price * draw.uniform(0.2, 4), draw.uniform(0, most)])
            page.fill(f"#price-{name}", f"{min(value, 1e6):.3f}".replace(".", ","))
    if draw.random() < 0.4:
        page.fill("#limit-max_minutes", str(round(draw.uniform(0.5, 1) * limits["max_minutes"])))
    if draw.random() < 0.3:
        page.fill("#limit-max_members", str(draw.randint(2, limits["max_members"])))
    if draw.random() < 0.3:
        page.fill("#limit-min_office_fte", f"{draw.uniform(1, 5):.2f}".replace(".", ","))
    least, most = sorted(draw.sample(range(30, 95), 2))
    if draw.random() < 0.25:
        page.fill("#limit-max_offices", str(most))
    if draw.random() < 0.25:
        page.fill("#limit-min_offices", str(least))


def set_demands(page: Page, draw: random.Random, many: int) -> None:
    """Demand something of some municipalities, and perhaps let one county change only."""
    kinds = ["leads", "not_host", "alone", "out", "together", "apart", "at"]
    for _ in range(draw.choice([0, 0, 1, 2, 4])):
        page.locator("#demand-kind").select_option(draw.choice(kinds))
        first = draw.randrange(many)
        page.locator("#demand-first").select_option(str(first))
        second = page.evaluate(f"() => plankontor.theJudge().neighbours[{first}].find((j) => j < {many}) ?? 0")
        if page.locator("#demand-second").is_enabled():
            page.locator("#demand-second").select_option(str(second))
        page.locator("#demand-add").click()
    counties = page.locator("#best-county option").evaluate_all("all => all.map((one) => one.value)")
    page.locator("#best-county").select_option(draw.choice(counties) if draw.random() < 0.3 else "")


def again(text: str, folder: Path) -> float | None:
    """Return what the program says of a scenario: the least sum, or nothing where no plan keeps the rules."""
    file = folder / "asked.toml"
    file.write_text(text, encoding="utf-8")
    try:
        problem = open_world(str(file)).problem
    except ScenarioError as error:  # demands that contradict each other are a fault of the input there
        print(f"  refused: {error}", flush=True)
        return None
    result = solve(problem, Options(engine="partition"))
    return result.objective if result.grouping is not None else None


def ask(page: Page) -> tuple[str, float]:
    """Press the button; return what the page says, and the seconds until it says so."""
    said, told, _ = page.evaluate(PRESS)
    return said, told


class Tasks:
    """The tasks of a page's own thread, in milliseconds of processor time.

    Parameters
    ----------
    page
        Whose they are.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.session = page, page.context.new_cdp_session(page)
        self.events: list[dict[str, Any]] = []
        self.ended = False
        self.session.on("Tracing.dataCollected", lambda one: self.events.extend(one["value"]))
        self.session.on("Tracing.tracingComplete", self._end)

    def _end(self, _: object) -> None:
        self.ended = True

    def begin(self) -> None:
        """Watch from now on."""
        self.events, self.ended = [], False
        config = {"includedCategories": TRACED}
        self.session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})

    def longest(self) -> float:
        """Stop; return the longest task since then, in milliseconds of processor time."""
        self.page.wait_for_timeout(500)
        self.session.send("Tracing.end")
        while not self.ended:
            self.page.wait_for_timeout(20)
        layouts = Counter((one["pid"], one["tid"]) for one in self.events if one["name"] == "UpdateLayoutTree")
        [(thread, _)] = layouts.most_common(1)
        own = (one for one in self.events if (one["pid"], one["tid"]) == thread and one["name"] == "RunTask")
        return max((one.get("tdur", 0) / 1000 for one in own), default=0.0)


def of_one_county(page: Page) -> list[float]:
    """Ask for one county at a time, at the prices of the run; return the seconds."""
    page.locator("#best-reset").click()
    counties = page.locator("#best-county option").evaluate_all("all => all.map((one) => one.value)")[1:]
    found = []
    for county in counties[:COUNTY_ASKED]:
        page.locator("#best-county").select_option(county)
        page.fill("#price-missing_fte", "150")
        found.append(ask(page)[1])
        page.locator("#trial-reset").evaluate("one => one.click()")
    page.locator("#best-county").select_option("")
    return sorted(found)


def ask_all(page: Page, given: argparse.Namespace, folder: Path) -> None:
    """Ask at random, compare, tell."""
    draw = random.Random(given.seed)  # noqa: S311 - settings, not secrets
    limits = page.evaluate("() => plankontor.theTrial().judge.limits")
    prices = page.evaluate("() => plankontor.theTrial().judge.weights")
    counted = page.evaluate("() => plankontor.theTrial().judge.terms")
    many = page.evaluate("() => plankontor.theTrial().judge.ids.length")
    tasks, longest = Tasks(page), []
    seconds, wrong, without = [], 0, 0
    for k in range(given.many):
        set_fields(page, draw, {name: prices[name] for name in counted}, limits)
        set_demands(page, draw, many)
        tasks.begin()
        said, took = ask(page)
        seconds.append(took)
        longest.append(tasks.longest())
        infeasible = "Ingen plan" in said
        without += infeasible
        found = None if infeasible else page.evaluate(OBJECTIVE)
        if given.page_only:
            continue
        expected = again(page.evaluate(SCENARIO), folder)
        same = expected is None if found is None else expected is not None and abs(found - expected) <= AGREE
        wrong += not same
        if not same:
            print(f"  {k}: page {found}, program {expected}: {said[:300]}", flush=True)
            kept = Path(tempfile.gettempdir()) / f"page-solver-{given.scenario}-{k}.toml"
            kept.write_text(page.evaluate(SCENARIO), encoding="utf-8")
        page.locator("#trial-reset").evaluate("one => one.click()")
    seconds.sort()
    compared = "none compared with the program" if given.page_only else f"{wrong} differ from the program"
    print(f"{given.many} questions, {without} without any plan, {compared}")
    late = seconds[int(0.95 * len(seconds))]
    print(f"seconds: median {statistics.median(seconds):.2f}, 95th {late:.2f}, most {seconds[-1]:.2f}")
    most, half = max(longest), statistics.median(longest)
    print(f"longest task of the page's thread, processor time: {most:.0f} ms; of half the presses {half:.0f} or less")


def main() -> None:
    """Write the report, open it, ask."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scenario", nargs="?", default="nasjonal")
    parser.add_argument("--many", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page-only", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        file, best = written(given.scenario, folder)
        print(f"{given.scenario}: report {file.stat().st_size / 1e6:.2f} MB, objective {best:.4f}", flush=True)
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        print(f"from opening the panel to a solver that is ready {page.evaluate(START):.2f} s", flush=True)
        for fold in ("prices", "limits", "demands"):
            page.evaluate(f"() => {{ document.getElementById('best-{fold}').open = true; }}")
        said, first = ask(page)
        print(f"first press {first:.2f} s: {said[:60]}", flush=True)
        counties = of_one_county(page)
        print(f"one county: median {statistics.median(counties):.2f} s, most {counties[-1]:.2f} s", flush=True)
        ask_all(page, given, folder)
        browser.close()


if __name__ == "__main__":
    main()
