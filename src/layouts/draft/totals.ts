import type {Layout} from "../layout.ts";
import {type NumberForm, numberIn} from "./numbers.ts";
import type {TableColumn} from "./table.ts";

type RowTotal = NonNullable<Layout["checks"]["row_total"]>;

const tolerances = [0.05, 0.6];

/** A column that holds the sum of the half-hours of each row, within rounding, in nineteen rows of twenty. */
export function rowTotalIn(
  columns: readonly TableColumn[],
  quantities: readonly TableColumn[],
  form: NumberForm
): RowTotal | null {
  const rows = quantities[0]?.cells.length ?? 0;
  const sums = Array.from({length: rows}, (_, row) =>
    quantities.reduce((sum, {cells}) => sum + (numberIn(cells[row] ?? "", form) ?? 0), 0)
  );
  for (const tolerance of tolerances)
    for (const {name, cells} of columns) {
      const compared = cells.flatMap((cell, row) => {
        const total = numberIn(cell, form);
        return total === null || sums[row] === 0 ? [] : [Math.abs(total - (sums[row] ?? 0)) <= tolerance];
      });
      if (compared.length > 0 && compared.filter(Boolean).length >= 0.95 * compared.length)
        return {column: name, tolerance};
    }
  return null;
}
