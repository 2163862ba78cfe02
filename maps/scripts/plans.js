// The best plans at other prices: one press shows one of them in map, figures and tables, as a grouping that is tried.
(function (pk) {
  const NARROW = "(max-width: 60rem)"; // there the map is above the tables
  const buttons = () => document.querySelectorAll("button[data-plan]");
  const moved = (button) => pk.source.trial.plans[Number(button.dataset.plan)];

  // Which of them the page shows now, however it came to it.
  pk.markPlans = function () {
    for (const button of buttons()) {
      const shown = pk.trying.isPlan(moved(button));
      button.setAttribute("aria-pressed", String(shown));
      const row = button.closest("tr");
      if (shown) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  };

  pk.startPlans = function () {
    for (const button of buttons()) {
      button.addEventListener("click", () => {
        pk.trying.take(moved(button), pk.said("tradeoff.shows", { plan: button.dataset.name }));
        pk.map.closePopup();
        if (window.matchMedia(NARROW).matches) document.querySelector(".map-frame").scrollIntoView({ behavior: pk.still ? "auto" : "smooth" });
      });
    }
  };
})(plankontor);
