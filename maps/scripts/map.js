// The map page: what its municipalities may be coloured by are figures of the plan, which nothing in the page changes.
import { page, source } from "./base/page.js";
import { startShades } from "./map/shades.js";
import "./map/start.js";

page.begin = () => {
  const kinds = Object.entries(source.shades).map(([name, of]) => [name, () => new Map(Object.entries(of))]);
  startShades(Object.fromEntries(kinds));
};
