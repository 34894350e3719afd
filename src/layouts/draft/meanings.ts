import type {Layout} from "../layout.ts";
import type {Guess} from "./guess.ts";
import {isNamed, type TableColumn, valuesOf} from "./table.ts";

type Unit = Layout["unit"];
type Channel = Layout["channel"];
type Status = Layout["status"];
type Measure = Layout["measure"];
type Meant<T extends string> = Readonly<Record<string, T>>;

const units: Meant<"kWh" | "Wh" | "MWh" | "GJ" | "l" | "m3" | "ft3" | "hcf" | "drop"> = {
  KWH: "kWh",
  "KW/H": "kWh",
  "KW.H": "kWh",
  "KW H": "kWh",
  KW: "kWh",
  WH: "Wh",
  MWH: "MWh",
  GJ: "GJ",
  L: "l",
  LITRES: "l",
  M3: "m3",
  "M³": "m3",
  FT3: "ft3",
  HCF: "hcf",
  W: "Wh",
  MW: "MWh",
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
        part: {column: column.name, means: {...means, ...commonUnits(means)}},
        found: `by the column "${column.name}": ${meansWords(means)}`,
        undecided: []
      };
  }
  const ofWords = columns.find(column => quantityWords(column) !== null);
  if (ofWords !== undefined && upper(ofWords).some(value => /KW/.test(value)))
    return {part: {is: "kWh"}, found: `kWh, as the words in "${ofWords.name}" say`, undecided: []};
  const said = saidIn(texts, /(?<![a-z])(kwh|kw\/h|mwh|wh|gj|m3|m³|ft3|hcf|kw|mw)(?![a-z0-9])/i);
  const unit = units[said?.toUpperCase() ?? ""];
  if (unit !== undefined && unit !== "drop")
    return {
      part: {is: unit},
      found: `${unit}, as the file says${isPower(said ?? "") ? ` (${said})` : ""}`,
      undecided: []
    };
  return {
    part: {is: "metered"},
    found: "not in the file",
    undecided: [
      'The unit. Nothing in the file says it. Put {"is": "kWh"} (or m3, MWh, Wh, GJ, ft3, hcf) for "unit" if all of it is in one; left as {"is": "metered"}, readings wait until council/meters.csv says the unit of each meter.'
    ]
  };
}

/** The first unit that these texts say. A watt is one letter, and is a unit in brackets alone. */
const saidIn = (texts: readonly string[], units: RegExp) =>
  texts.map(text => units.exec(text)?.[1] ?? /[([](w)[)\]]/i.exec(text)?.[1]).find(text => text !== undefined);

const isPower = (text: string) => /^(k|m)?w$/i.test(text.trim());

/** Units that files of the same form may have where this one does not. */
const commonUnits = (means: Readonly<Record<string, string>>) =>
  Object.fromEntries((["KWH", "M3"] as const).flatMap(unit => (unit in means ? [] : [[unit, units[unit] ?? "drop"]])));

/** Whether quantities are energy or the power at which it was used: by a column of units, by the words of cells, or by what names and lines say. */
export function measureOf(columns: readonly TableColumn[], texts: readonly string[]): Guess<Measure> {
  const powered = "kW is power: half an hour of it is half as many kWh, and so much lands";
  for (const column of columns) {
    const values = upper(column);
    const isOfUnits = meansOf(column, units) !== null;
    const words = quantityWords(column);
    if (isOfUnits && values.some(isPower) && !values.every(isPower)) {
      const means = Object.fromEntries(
        values.map(value => [value, isPower(value) ? "mean power" : "interval"] as const)
      );
      return {part: {column: column.name, means}, found: `by the column "${column.name}": ${powered}`, undecided: []};
    }
    if ((isOfUnits && values.every(isPower)) || words?.every(({isPower: power}) => power) === true)
      return {part: {is: "mean power"}, found: `mean power, as "${column.name}" says: ${powered}`, undecided: []};
    if (words?.some(({isPower: power}) => power) === true) {
      const means = Object.fromEntries(
        words.map(({text, isPower: power}) => [text, power ? "mean power" : "interval"] as const)
      );
      return {part: {column: column.name, means}, found: `by the column "${column.name}": ${powered}`, undecided: []};
    }
  }
  const said = saidIn(texts, /(?<![a-z])(kwh|kw\/h|mwh|wh|kw|mw)(?![a-z])/i) ?? "";
  return isPower(said)
    ? {part: {is: "mean power"}, found: `mean power, since the file says ${said}: ${powered}`, undecided: []}
    : {part: {is: "interval"}, found: "energy", undecided: []};
}

/** What words in cells say of a quantity: its direction, and whether it is power. */
interface QuantityWords {
  readonly text: string;
  readonly channel: "import" | "export" | "generation" | "drop";
  readonly isPower: boolean;
}

/** The few texts of a column that each name a quantity, such as "Active Import Interval (kW)"; null where it is no such column. */
function quantityWords(column: TableColumn): readonly QuantityWords[] | null {
  const values = upper(column);
  const isOne = (text: string) =>
    /\s/.test(text) && /\b(ACTIVE|REACTIVE|IMPORT|EXPORT|GENERATION|K(W|WH|VAR|VARH|VA))\b/.test(text);
  if (values.length === 0 || values.length > 8 || !values.every(isOne)) return null;
  return values.map(text => ({
    text,
    channel: /REACTIVE|KVA/.test(text)
      ? "drop"
      : /EXPORT/.test(text)
        ? "export"
        : /GENERAT/.test(text)
          ? "generation"
          : "import",
    isPower: /\bKW\b/.test(text)
  }));
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
  for (const column of columns) {
    const words = quantityWords(column);
    if (words === null) continue;
    const means = Object.fromEntries(words.map(({text, channel}) => [text, channel] as const));
    return {
      part: {column: column.name, means},
      found: `by the words in "${column.name}": ${meansWords(means)}`,
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
    if ((!isKnown && !isNamedSo) || isOfQuantities(column, values)) continue;
    const {means, undecided} = statusMeans(column.cells, column.name, "estimated");
    return {
      part: {column: column.name, means},
      found: `by the column "${column.name}": ${meansWords(means)}`,
      undecided
    };
  }
  return {part: {is: "actual"}, found: "no column says which are estimates: all taken as actual", undecided: []};
}

/** Numbers are no statuses, apart from flags of one digit; nor are words that name a quantity. */
const isOfQuantities = (column: TableColumn, values: readonly string[]) =>
  values.some(value => /^-?[\d.,]*\d[\d.,]*(E[+-]?\d+)?$/.test(value) && !/^\d$/.test(value)) ||
  quantityWords(column) !== null;

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
