import type {Observation} from "../kinds.ts";

/** A cell of a published table: its number as exact decimal text, or why it has none. */
export type Figure = Pick<Observation, "value" | "status">;

/** What stands in a cell in the place of a number, or in brackets after it, by the conventions of government statistics. */
export type Markers = Readonly<Record<string, Observation["status"]>>;

const inPlaceOfNumber: Markers = {
  "": "missing",
  "-": "missing",
  "..": "missing",
  ":": "missing",
  na: "missing",
  "n/a": "missing",
  "[x]": "missing",
  "[z]": "missing",
  "[c]": "suppressed",
  "[low]": "suppressed"
};

/** Revised and broken series are final figures; what is provisional or estimated is not. */
const besideNumber: Markers = {r: "actual", b: "actual", p: "provisional", e: "provisional", f: "forecast"};

/**
 * What a cell says, where `markers` change or add to the usual ones; null where it is neither a number nor a marker. Flags of its heading hold for its
 * number too. "[low]" is a figure too small for the unit shown: neither nought nor known.
 */
export function figureOf(cell: string, flags: readonly string[] = [], markers: Markers = {}): Figure | null {
  const text = cell.replace(/\[note[^\]]*\]/gi, "").trim();
  const marker = text.toLowerCase();
  const instead = own(markers, marker) ?? own(inPlaceOfNumber, marker);
  if (instead !== undefined) return {value: null, status: instead};
  const statuses = [...flags, ...flagsIn(text)].map(flag => own(besideNumber, flag));
  const value = plainNumber(text.replace(/\[[^\]]*\]/g, "").trim());
  if (value === null || statuses.includes(undefined)) return null;
  return {value, status: statuses.find(status => status !== "actual") ?? "actual"};
}

const own = (markers: Markers, mark: string) => (Object.hasOwn(markers, mark) ? markers[mark] : undefined);

function flagsIn(text: string): string[] {
  if (!text.includes("[")) return [];
  return [...text.matchAll(/\[([^\]]*)\]/g)].map(([, mark = ""]) => mark.trim().toLowerCase());
}

/**
 * A number as exact decimal text without thousands separators or an exponent: "1,040.10" is "1040.10", "4.5E-05" is "0.000045". Null where it is none.
 */
export function plainNumber(text: string): string | null {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:e([+-]?\d{1,2}))?$/i.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", decimals, exponent] = match;
  const plain = `${sign === "-" ? "-" : ""}${whole.replaceAll(",", "")}${decimals === undefined ? "" : `.${decimals}`}`;
  return exponent === undefined ? plain : shifted(plain, Number(exponent));
}

/** A number of plain digits with its point so many places further right: ("438.003", 3) is "438003". */
export function shifted(number: string, places: number): string {
  const sign = number.startsWith("-") ? "-" : "";
  const [whole = "", decimals = ""] = number.replace("-", "").split(".");
  const digits = `${"0".repeat(Math.max(0, -places))}${whole}${decimals}${"0".repeat(Math.max(0, places))}`;
  const point = Math.max(0, -places) + whole.length + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = digits.slice(point, Math.max(point, point + decimals.length - places));
  return `${sign}${left}${right === "" ? "" : `.${right}`}`;
}
