import {inert} from "../../effects.ts";
import type {RegisterReconciliation} from "../../models/marts/register_reconciliation.ts";
import {andMore} from "../../wording/lists.ts";
import {plain, several, tonnesText} from "../../wording/numbers.ts";
import type {Item} from "./item.ts";

const mostShown = 2;

/** What the lists of others say that the council's registers do not, and where the two disagree otherwise; each the most tonnes first. */
export function reconciliationItems(all: readonly RegisterReconciliation[]): Item[] {
  const unregistered = all.filter(({missing_from}) => missing_from === "register");
  const others = all.filter(({missing_from}) => missing_from !== "register");
  return [
    ...(unregistered.length === 0
      ? []
      : [
          {
            words: `${several(unregistered.length, "thing is", "things are")} on the lists of others and not in our registers: ${tonnesOf(unregistered)}. Add what is ours, or say in the list why it is not`,
            rows: rowsOf(unregistered, "= 'register'")
          }
        ]),
    ...(others.length === 0
      ? []
      : [
          {
            words: `${several(others.length, "entry of our registers does not", "entries of our registers do not")} agree with the lists of others. Ask who keeps the list`,
            rows: rowsOf(others, "is distinct from 'register'")
          }
        ])
  ];
}

function rowsOf(found: readonly RegisterReconciliation[], where: string): string[] {
  const rest = found.length - mostShown;
  const command = `to list ${rest > 0 ? "all" : "them"}: canopy query "from marts.register_reconciliation where missing_from ${where}"`;
  return [...found.slice(0, mostShown).map(findingText), rest > 0 ? `${andMore(rest)}; ${command}` : command];
}

/** `about 45 t CO₂e a year; of 2 nothing says how much`. */
function tonnesOf(found: readonly RegisterReconciliation[]): string {
  const known = found.flatMap(({estimated_t_co2e}) => (estimated_t_co2e === null ? [] : [estimated_t_co2e]));
  if (known.length === 0) return "nothing says how much";
  const about = `about ${tonnesText(known.reduce((sum, tonnes) => sum + tonnes, 0))} CO₂e a year`;
  const unknown = found.length - known.length;
  return unknown === 0 ? about : `${about}; of ${plain(unknown)} nothing says how much`;
}

/** What each kind of finding says after its name. */
const wordsOf: Readonly<Record<RegisterReconciliation["kind"], string>> = {
  "supplied but not registered": "on a supplier's list, but not in meter-points.csv",
  "billed but not registered": "billed, but not in meter-points.csv",
  "registered but not supplied": "on no supplier's list",
  "read but not billed": "read, but not billed in the last 12 months",
  "meter at two sites": "at two sites of a supplier's list",
  "listed at another site": "at another site in a supplier's list",
  "meter with two suppliers": "on the lists of two suppliers",
  "meter of two energies": "of another energy in a supplier's list",
  "owned but without energy": "owned or leased, with no meter in meter-points.csv",
  "vehicle listed but not registered": "listed, but not in vehicles.csv",
  "vehicle registered but not listed": "in vehicles.csv, but on no list",
  "vehicle of two fuels": "listed with another fuel"
};

/** What an estimate rests on. */
const sourceOf: Readonly<Record<NonNullable<RegisterReconciliation["estimated_from"]>, string>> = {
  list: "by the list",
  bills: "by its bills",
  "own readings": "by its own readings",
  "annual return": "by an annual return",
  "fuel purchases": "by its fuel purchases",
  benchmark: "as a typical building",
  "mean of its kind": "as the mean of its kind"
};

/** `1600000000310 (Old Baths, electricity): on a supplier's list, but not in meter-points.csv; about 30 t a year, by the list`. */
function findingText(finding: RegisterReconciliation): string {
  const {kind, name, site_name, energy, estimated_t_co2e: tonnes, estimated_from, detail} = finding;
  const where = [site_name, energy?.replaceAll("_", " ") ?? null].flatMap(each => (each === null ? [] : [inert(each)]));
  const about =
    tonnes === null || estimated_from === null
      ? "nothing says how much"
      : `about ${tonnesText(tonnes)} a year, ${sourceOf[estimated_from]}`;
  const parts = [wordsOf[kind], ...(detail === null ? [] : [inert(detail)]), about];
  return `${inert(name)}${where.length === 0 ? "" : ` (${where.join(", ")})`}: ${parts.join("; ")}`;
}

/** The meters that a finding names already, and need no second line as unknown. */
export const metersFound = (all: readonly RegisterReconciliation[]): ReadonlySet<string> =>
  new Set(
    all
      .filter(({kind}) => kind === "supplied but not registered" || kind === "billed but not registered")
      .map(({name}) => name)
  );
