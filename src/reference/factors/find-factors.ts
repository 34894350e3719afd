import {FeedError} from "../../errors.ts";
import {type FactorUsed, factorsUsed} from "./factors-used.ts";
import {type Gas, plainLabel} from "./labels.ts";
import type {FlatFactor, FlatFile} from "./read-flat-file.ts";

/** A factor canopy uses as one set publishes it: by gas, in kg CO2e per unit. A gas that is not published is null, which is not zero. */
export interface FoundFactor {
  readonly used: FactorUsed;
  readonly factor_set: number;
  readonly kg: Readonly<Record<Gas, number | null>>;
  /** Rows of the sheet the figures stand in, ascending, from 1. */
  readonly sheet_rows: readonly number[];
}

export interface FoundFactors {
  readonly found: readonly FoundFactor[];
  /** What the set does not publish. */
  readonly missing: readonly FactorUsed[];
}

/** Looks up every factor of `wanted` in a flat file. A FeedError names both rows where two answer for one gas. */
export function findFactors(flat: FlatFile, wanted: readonly FactorUsed[] = factorsUsed): FoundFactors {
  const answers = wanted.map(used => ({used, rows: flat.factors.filter(factor => isPublishedAs(factor, used))}));
  return {
    found: answers.filter(({rows}) => rows.length > 0).map(({used, rows}) => foundFactor(flat, used, rows)),
    missing: answers.filter(({rows}) => rows.length === 0).map(({used}) => used)
  };
}

function foundFactor({file, factor_set}: FlatFile, used: FactorUsed, rows: readonly FlatFactor[]): FoundFactor {
  const kg: Record<Gas, number | null> = {co2e: null, co2: null, ch4: null, n2o: null};
  for (const row of rows) {
    if (kg[row.gas] !== null) {
      const {activity, unit, line} = used;
      const at = rows.filter(({gas}) => gas === row.gas).map(({sheet_row}) => sheet_row);
      throw new FeedError(`${file}: rows ${at.join(" and ")} both are ${row.gas} of ${activity}, ${line}, per ${unit}`);
    }
    kg[row.gas] = row.kg_co2e_per_unit;
  }
  return {used, factor_set, kg, sheet_rows: rows.map(({sheet_row}) => sheet_row).sort((a, b) => a - b)};
}

function isPublishedAs(factor: FlatFactor, {scope, published}: FactorUsed): boolean {
  const isOneOf = (label: string | null, labels: readonly (string | null)[]) =>
    labels.some(one => plainLabel(one ?? "") === plainLabel(label ?? ""));
  return (
    factor.scope === scope &&
    isOneOf(factor.level_1, published.level_1) &&
    isOneOf(factor.level_2, published.level_2) &&
    isOneOf(factor.level_3, published.level_3) &&
    isOneOf(factor.level_4, [null, factor.uom]) &&
    isOneOf(factor.column_text, published.column_text) &&
    isOneOf(factor.uom, [published.uom])
  );
}
