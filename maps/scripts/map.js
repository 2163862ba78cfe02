// The map page: the layers that shade municipalities have the figures of the plan, which nothing in the page changes.
import { page, source } from "./base/page.js";
import { startShades } from "./map/shades.js";
import "./map/start.js";

page.begin = () => {
  const kinds = Object.entries(source.shades).map(([name, of]) => [name, () => new Map(Object.entries(of))]);
  if (kinds.length) startShades(Object.fromEntries(kinds));
};
