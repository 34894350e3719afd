import type {Factor} from "./table.ts";

/** A row of the council's own table that does not count, and the product's row that counts in its place. */
export interface FactorConflict {
  readonly council: Factor;
  readonly counts: Factor;
}

/** The factors that count for a council, one for each set, activity, unit and line, and the rows of its own that differ from them. */
export interface FactorsHeld {
  readonly factors: readonly Factor[];
  readonly conflicts: readonly FactorConflict[];
}

/** What names a factor: a table has it once. */
export const keyOf = ({factor_set, activity, unit, line}: Pick<Factor, "factor_set" | "activity" | "unit" | "line">) =>
  `${factor_set} ${activity} ${line} ${unit}`;

/** Whether a row is the government's own figure, read from its workbook: no stand-in of another set and no copy of a copy. */
export const isOfficial = ({confirmation, held_as, stand_in}: Factor) =>
  confirmation === "official" && held_as === "workbook" && stand_in === null;

/** The figure a factor is known by: CO2e, and outside of scopes CO2. */
export const figureOf = ({kg_co2e_per_unit, kg_co2_per_unit}: Factor) => kg_co2e_per_unit ?? kg_co2_per_unit;

const figures = ["kg_co2e_per_unit", "kg_co2_per_unit", "kg_ch4_co2e_per_unit", "kg_n2o_co2e_per_unit"] as const;

/** A sheet keeps 15 significant digits; what lies beyond is the noise of binary fractions. */
const sheetDigits = (kg: number) => Number(kg.toPrecision(15));

/** Whether two rows say the same: a gas that only one of them has is no difference. */
export function isEqual(one: Factor, other: Factor): boolean {
  const both = figures.map(figure => [one[figure], other[figure]] as const);
  return both.every(([a, b]) => a === null || b === null || sheetDigits(a) === sheetDigits(b));
}

/**
 * Row by row: an official row of the council's takes the place of a stand-in or of a second-hand figure, and a row that the product does not have is
 * added. Where both are official and differ the product's counts, and the council's is told as a conflict; so is a row that is not official and differs.
 */
export function mergeFactors(product: readonly Factor[], council: readonly Factor[]): FactorsHeld {
  const held = new Map(product.map(row => [keyOf(row), row]));
  const conflicts: FactorConflict[] = [];
  for (const row of council) {
    const counts = held.get(keyOf(row));
    if (counts === undefined || (isOfficial(row) && !isOfficial(counts))) held.set(keyOf(row), row);
    else if (!isEqual(row, counts)) conflicts.push({council: row, counts});
  }
  return {factors: [...held.values()], conflicts};
}
