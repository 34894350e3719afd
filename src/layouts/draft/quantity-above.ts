import type {Layout} from "../layout.ts";
import type {Guess} from "./guess.ts";
import type {NoDraft, Table} from "./table.ts";

type QuantityAbove = Guess<Layout["channel"]> & {readonly outside: Layout["outside"]};

const coded = /^"?([^",]*quantity[^",]*)"?\s*[,:;]\s*"?(AI|AE|RI|RE)\b/i;
const reactive = /(?<![a-z])kvarh?(?![a-z])|\breactive\b/i;

/** The quantity that lines above a table name for all of it; a table of reactive energy alone is none to draft. Null where they name none. */
export function quantityAbove({preamble, names}: Table, fileName: string): QuantityAbove | NoDraft | null {
  const [, key, code] = preamble.map(line => coded.exec(line)).find(found => found !== null) ?? [];
  if (key !== undefined && code !== undefined)
    return {
      part: {column: "Quantity", means: {AI: "import", AE: "export", RI: "drop", RE: "drop"}},
      outside: [{name: "Quantity", in: "lines above", matches: `^"?${key}"?\\s*[,:;]\\s*"?(\\w+)`}],
      found: `by "${key}" above the table: AI is import, AE is export, RI and RE are reactive and skipped; here it is ${code}`,
      undecided: []
    };
  const sheet = fileName.split(" › ").slice(1).join(" ");
  const said = [...preamble, sheet].find(text => reactive.test(text));
  const isActiveToo = names.some(name => /kwh|active/i.test(name) && !reactive.test(name));
  if (said === undefined || isActiveToo) return null;
  return {
    reason: `it is of reactive energy ("${said.slice(0, 60).trim()}"), which is no kWh: canopy does not count it`
  };
}
