import type {Observation} from "../kinds.ts";
import {publishedNumber} from "./decimal.ts";

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
 * number too. "[low]" is a figure too small for the unit shown: neither zero nor known.
 */
export function figureOf(cell: string, flags: readonly string[] = [], markers: Markers = {}): Figure | null {
  const text = cell.replace(/\[note[^\]]*\]/gi, "").trim();
  const marker = text.toLowerCase();
  const instead = own(markers, marker) ?? own(inPlaceOfNumber, marker);
  if (instead !== undefined) return {value: null, status: instead};
  const statuses = [...flags, ...flagsIn(text)].map(flag => own(besideNumber, flag));
  const value = publishedNumber(text.replace(/\[[^\]]*\]/g, "").trim());
  if (value === null || statuses.includes(undefined)) return null;
  return {value, status: statuses.find(status => status !== "actual") ?? "actual"};
}

const own = (markers: Markers, mark: string) => (Object.hasOwn(markers, mark) ? markers[mark] : undefined);

function flagsIn(text: string): string[] {
  if (!text.includes("[")) return [];
  return [...text.matchAll(/\[([^\]]*)\]/g)].map(([, mark = ""]) => mark.trim().toLowerCase());
}
