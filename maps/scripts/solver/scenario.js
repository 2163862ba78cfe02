// What a reader asked as a scenario file: the run's own, with other prices, limits and pins.
import { said } from "../base/format.js";
import { pinsToml } from "../trial/moves.js";

const NONE = '"none"';

/** Replace settings of a section by name. @type {(text: string, section: string, values: Record<string, number | null>) => string} */
function withSettings(text, section, values) {
  const start = text.indexOf(`\n[${section}]\n`);
  const end = text.indexOf("\n[", start + 1);
  const lines = text.slice(start, end < 0 ? undefined : end).split("\n").map((line) => {
    const name = line.split(" = ")[0];
    return name in values ? `${name} = ${values[name] ?? NONE}` : line;
  });
  return text.slice(0, start) + lines.join("\n") + (end < 0 ? "" : text.slice(end));
}

/** The scenario that asks the same of the program. @type {(text: string, judge: Judge, heading: string[]) => string} */
export function scenarioToml(text, judge, heading) {
  const { limits, weights } = judge;
  const { max_minutes, max_members, min_office_fte, min_offices, max_offices } = limits;
  const limited = withSettings(text, "limits", { max_minutes, max_members, min_office_fte, min_offices, max_offices, offices: null });
  const priced = withSettings(limited, "weights", weights);
  const start = priced.indexOf("\n[pins]\n");
  const end = priced.indexOf("\n[", start + 1);
  const pins = pinsToml(judge, [], [], []);
  return heading.map((line) => `# ${line}\n`).join("") + priced.slice(0, start) + "\n" + pins + (end < 0 ? "" : priced.slice(end));
}

/** What stands above it. @param {string} run */
export const headingOf = (run) => [said("solver.toml_heading", { run }), said("solver.toml_how")];
