import {breachesOf, isImplausible, type Limits, needsReason, timesSince, withoutWellToTank} from "./checks.ts";
import {type FactorUsed, factorsUsed} from "./factors-used.ts";
import {type FoundFactor, findFactors} from "./find-factors.ts";
import {figureOf, isEqual, isOfficial, keyOf} from "./merge.ts";
import type {FlatFile} from "./read-flat-file.ts";
import type {Factor} from "./table.ts";

/** What a factor of a workbook is beside the one that is held: `revises` one of the council's own, `differs` from an official one of the product's. */
export type Standing = "new" | "replaces stand-in" | "replaces second-hand" | "revises" | "differs" | "equal";

/** A factor of a workbook, and the one that is held of the same set. */
export interface ReadFactor {
  readonly factor: Factor;
  readonly held: Factor | null;
  readonly standing: Standing;
  /** The figure as a multiple of the set's before; null where there is none. */
  readonly timesSinceSetBefore: number | null;
}

/** A workbook beside what is held. */
export interface Comparison {
  readonly factor_set: number;
  readonly read: readonly ReadFactor[];
  /** What the set before has and this workbook does not. */
  readonly missing: readonly FactorUsed[];
  /** Rules that are broken, in words: nothing may be written. */
  readonly broken: readonly string[];
  /** Steps since the set before that want their reason. */
  readonly largeSteps: readonly ReadFactor[];
  /** Whether no flat file of this set has been proved yet, so that its form is taken to be the newest known one's. */
  readonly isFormUnconfirmed: boolean;
}

/** What is held: the product's rows, and the council's own. */
export interface Held {
  readonly product: readonly Factor[];
  readonly council: readonly Factor[];
}

const unconfirmedForm = "the form of the file is taken to be that of the 2025 flat file, unconfirmed";

/** Sets a workbook beside what is held, row by row, and checks it. `sha256` is of the workbook's bytes. @throws FeedError as `findFactors` does */
export function compareFactors(flat: FlatFile, sha256: string, {product, council}: Held, limits: Limits): Comparison {
  const {found, missing} = findFactors(flat);
  const isFormUnconfirmed = !product.some(row => isOfficial(row) && isOfFlatSheet(row, flat));
  const kin = kinOf(product, flat.factor_set);
  const held = new Map([...product, ...council].map(row => [keyOf(row), row]));
  const ours = new Map(council.map(row => [keyOf(row), row]));
  const ofProduct = new Map(product.map(row => [keyOf(row), row]));
  const setBefore = (used: Pick<Factor, "activity" | "unit" | "line">) =>
    held.get(keyOf({...used, factor_set: flat.factor_set - 1}));
  const read = found.map((one): ReadFactor => {
    const factor = factorOf(one, flat, sha256, kin, isFormUnconfirmed ? unconfirmedForm : null);
    const [other, own] = [ofProduct.get(keyOf(factor)), ours.get(keyOf(factor))];
    const standing = standingOf(factor, other, own);
    return {
      factor: standing === "revises" && own !== undefined ? revising(factor, own) : factor,
      held: own ?? other ?? null,
      standing,
      timesSinceSetBefore: timesSince(setBefore(factor), factor)
    };
  });
  const withHeld = new Map([...held, ...read.map(({factor}) => [keyOf(factor), factor] as const)]);
  const ofSet = [...withHeld.values()].filter(row => row.factor_set === flat.factor_set);
  return {
    factor_set: flat.factor_set,
    read,
    missing: missing.filter(used => setBefore(used) !== undefined),
    broken: [...read.flatMap(one => brokenBy(one, limits)), ...withoutWellToTank(ofSet).map(wellToTankWords)],
    largeSteps: read.filter(({timesSinceSetBefore: times}) => times !== null && needsReason(times, limits)),
    isFormUnconfirmed
  };
}

function standingOf(factor: Factor, product: Factor | undefined, own: Factor | undefined): Standing {
  if (product !== undefined && isOfficial(product)) return isEqual(factor, product) ? "equal" : "differs";
  if (own !== undefined) return isEqual(factor, own) ? "equal" : "revises";
  if (product === undefined) return "new";
  return product.stand_in === null ? "replaces second-hand" : "replaces stand-in";
}

/** What a row said before stays in its note. */
const revising = (factor: Factor, own: Factor): Factor => ({
  ...factor,
  note: [factor.note, `was ${figureOf(own)} by ${own.source}`, own.note].filter(Boolean).join("; ")
});

const wordsOf = ({activity, line, unit}: Pick<Factor, "activity" | "line" | "unit">) =>
  `${activity} ${line} per ${unit}`;

const wellToTankWords = (factor: Factor) => `${wordsOf(factor)} is without its well-to-tank`;

function brokenBy({factor, timesSinceSetBefore: times}: ReadFactor, limits: Limits): string[] {
  const rules = breachesOf(factor, limits).map(rule => `${wordsOf(factor)}, ${factor.source}: not so: ${rule}`);
  if (times === null || !isImplausible(times, limits)) return rules;
  return [...rules, `${wordsOf(factor)}, ${factor.source}: ${times.toPrecision(2)} times that of the set before`];
}

/** Whether a row of the table was read from such a sheet of the same set: that flat file's form is proved. */
const isOfFlatSheet = ({factor_set, source}: Factor, flat: FlatFile) =>
  factor_set === flat.factor_set && source.includes(`: ${flat.sheet}, row`);

/** The row whose publisher and warming potentials a set takes, which no flat file names: one of its own set, else one of the newest held. */
function kinOf(product: readonly Factor[], set: number): Factor {
  const kin = product.find(({factor_set}) => factor_set === set) ?? product.at(-1);
  if (kin === undefined) throw new Error("the product has no factors");
  return kin;
}

function factorOf(
  {used, kg, sheet_rows}: FoundFactor,
  {file, sheet, factor_set, set_version}: FlatFile,
  source_sha256: string,
  {publisher, gwp_basis}: Factor,
  note: string | null
): Factor {
  const [first, last] = [sheet_rows[0], sheet_rows.at(-1)];
  return {
    factor_set,
    set_version: set_version !== null && /^\d+(\.\d+)*$/.test(set_version) ? set_version : null,
    activity: used.activity,
    unit: used.unit,
    lifecycle_stage: used.lifecycle_stage,
    line: used.line,
    scope: used.scope,
    kg_co2e_per_unit: kg.co2e,
    kg_co2_per_unit: kg.co2,
    kg_ch4_co2e_per_unit: kg.ch4,
    kg_n2o_co2e_per_unit: kg.n2o,
    calorific_basis: used.calorific_basis,
    gwp_basis,
    valid_from: `${factor_set}-01-01`,
    valid_to: `${factor_set}-12-31`,
    publisher,
    source: `${file}: ${sheet}, ${first === last ? `row ${first}` : `rows ${first}-${last}`}`,
    source_sha256,
    held_as: "workbook",
    confirmation: "official",
    stand_in: null,
    note
  };
}

/** The rows to be written of a comparison; a set's own order is that of the factors in use. */
export const rowsToWrite = ({read}: Comparison, standings: readonly Standing[]): Factor[] =>
  read.filter(({standing}) => standings.includes(standing)).map(({factor}) => factor);

const place = new Map(factorsUsed.map((used, index) => [keyOf({...used, factor_set: 0}), index]));

/** Rows of a table with others put in: in the place of the same factor, and a table in the order of sets and of the factors in use. */
export function withRows(table: readonly Factor[], rows: readonly Factor[]): Factor[] {
  const byKey = new Map([...table, ...rows].map(row => [keyOf(row), row]));
  const placeOf = (row: Factor) => place.get(keyOf({...row, factor_set: 0})) ?? place.size;
  return [...byKey.values()].sort((a, b) => a.factor_set - b.factor_set || placeOf(a) - placeOf(b));
}
