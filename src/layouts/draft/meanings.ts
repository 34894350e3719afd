import type {Layout} from "../layout.ts";
import type {Guess} from "./guess.ts";
import {isNamed, type TableColumn, valuesOf} from "./table.ts";

type Unit = Layout["unit"];
type Channel = Layout["channel"];
type Status = Layout["status"];
type Meant<T extends string> = Readonly<Record<string, T>>;

const units: Meant<"kWh" | "Wh" | "MWh" | "GJ" | "l" | "m3" | "ft3" | "hcf" | "drop"> = {
  KWH: "kWh",
  WH: "Wh",
  MWH: "MWh",
  GJ: "GJ",
  L: "l",
  LITRES: "l",
  M3: "m3",
  "M³": "m3",
  FT3: "ft3",
  HCF: "hcf",
  KVARH: "drop",
  KVAH: "drop",
  KVA: "drop",
  KVAR: "drop"
};

const channels: Meant<"import" | "export" | "generation" | "drop"> = {
  AI: "import",
  AE: "export",
  RI: "drop",
  RE: "drop",
  IMPORT: "import",
  EXPORT: "export",
  "ACTIVE IMPORT": "import",
  "ACTIVE EXPORT": "export",
  "REACTIVE IMPORT": "drop",
  "REACTIVE EXPORT": "drop",
  GENERATION: "generation"
};

const statuses: Meant<"actual" | "estimated" | "missing"> = {
  A: "actual",
  ACT: "actual",
  ACTUAL: "actual",
  E: "estimated",
  EST: "estimated",
  ESTIMATE: "estimated",
  ESTIMATED: "estimated",
  SUBSTITUTED: "estimated",
  M: "missing",
  MISSING: "missing",
  "NO DATA": "missing",
  "N/A": "missing",
  "-": "missing"
};

const upper = (column: TableColumn) => [...new Set(valuesOf(column).map(text => text.toUpperCase()))];

/** The words of a column that a vocabulary knows, with their meanings; null where some are not known, or none says more than to pass over. */
function meansOf<T extends string>(column: TableColumn, known: Meant<T>): Record<string, T> | null {
  const values = upper(column);
  const means = values.flatMap(value => (known[value] === undefined ? [] : [[value, known[value]] as const]));
  if (means.length === 0 || means.every(([, meaning]) => meaning === "drop")) return null;
  return means.length === values.length ? Object.fromEntries(means) : null;
}

const meansWords = (means: Readonly<Record<string, string>>) =>
  Object.entries(means)
    .map(([text, meaning]) => `${text === "" ? "nothing" : text} is ${meaning === "drop" ? "skipped" : meaning}`)
    .join(", ");

/** What quantities are measured in: by a column, else by what the names and lines about them say, else by the register of meters. */
export function unitOf(columns: readonly TableColumn[], texts: readonly string[]): Guess<Unit> {
  for (const column of columns) {
    const means = meansOf(column, units);
    if (means !== null)
      return {
        part: {column: column.name, means},
        found: `by the column "${column.name}": ${meansWords(means)}`,
        undecided: []
      };
  }
  const said = texts
    .map(text => /(?<![a-z])(kwh|mwh|wh|gj|m3|m³|ft3|hcf)(?![a-z0-9])/i.exec(text)?.[1])
    .find(text => text !== undefined);
  const unit = units[said?.toUpperCase() ?? ""];
  if (unit !== undefined && unit !== "drop")
    return {part: {is: unit}, found: `${unit}, as the file says`, undecided: []};
  const isPower = texts.some(text => /(?<![a-z])kw(?![a-z])/i.test(text));
  return {
    part: {is: "metered"},
    found: "not in the file",
    undecided: [
      `The unit. ${isPower ? "The file says kW, which is power: as energy of a half-hour it is half as many kWh, and canopy does not halve. Ask for kWh." : "Nothing in the file says it."} Put {"is": "kWh"} (or m3, MWh, Wh, GJ, ft3, hcf) for "unit" if all of it is in one; left as {"is": "metered"}, readings wait until council/meters.csv says the unit of each meter.`
    ]
  };
}

/** Import, export or generation, by a column; import where none says. */
export function channelOf(columns: readonly TableColumn[], words: string): Guess<Channel> {
  for (const column of columns) {
    const means = meansOf(column, channels);
    if (means !== null)
      return {
        part: {column: column.name, means},
        found: `by the column "${column.name}": ${meansWords(means)}`,
        undecided: []
      };
  }
  const hint = /export|generat|solar|\bpv\b/i.exec(words)?.[0];
  return {
    part: {is: "import"},
    found: "all of it taken as import",
    undecided:
      hint === undefined
        ? []
        : [
            `The direction. The file speaks of "${hint}"; it is taken as import. For panels put {"is": "generation"} for "channel" and "renewable-generation" for "feed"; for what leaves a site {"is": "export"}.`
          ]
  };
}

const statusNames = /\best|status|flag|quality|read type|actual|\ba\/e\b/i;

/** Which readings are estimates, by a column for the row. What is not understood is an estimate. */
export function statusOf(columns: readonly TableColumn[]): Guess<Status> {
  for (const column of columns) {
    const values = upper(column);
    const isKnown = values.length > 0 && values.every(value => statuses[value] !== undefined);
    const isNamedSo = isNamed(column, statusNames) && values.length > 0 && values.length <= 8;
    if (!isKnown && !isNamedSo) continue;
    const {means, undecided} = statusMeans(column.cells, column.name, "estimated");
    return {
      part: {column: column.name, means},
      found: `by the column "${column.name}": ${meansWords(means)}`,
      undecided
    };
  }
  return {part: {is: "actual"}, found: "no column says which are estimates: all taken as actual", undecided: []};
}

/** Which half-hours are estimates, by the columns next to them. */
export function statusBeside(cells: readonly string[], name: string): Guess<Status> {
  const {means, undecided} = statusMeans(cells, name, "missing");
  return {
    part: {beside: {"": "missing", ...means}},
    found: `by the columns next to them: ${meansWords(means)}`,
    undecided
  };
}

function statusMeans(cells: readonly string[], name: string, empty: "estimated" | "missing") {
  const values = [...new Set(cells.map(cell => cell.toUpperCase()))];
  const means = Object.fromEntries(
    values.map(value => [value, value === "" ? empty : (statuses[value] ?? "estimated")])
  );
  const unknown = values.filter(value => statuses[value] === undefined && (value !== "" || empty === "estimated"));
  const undecided =
    unknown.length === 0
      ? []
      : [
          `Estimates. What ${unknown.map(value => (value === "" ? "an empty cell" : `"${value}"`)).join(" and ")} in "${name}" means is not known. The draft takes it as estimated, to be careful. If it means something else, put "actual" or "missing" for it in "status".`
        ];
  return {means, undecided};
}
