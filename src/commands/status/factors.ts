import {type FactorConflict, type FactorsHeld, figureOf} from "../../reference/factors/merge.ts";
import {folded, label, several} from "../../wording/counts.ts";

/** Which of the council's own factors do not count, since an official one of the product's differs. */
export function factorLines({conflicts}: Pick<FactorsHeld, "conflicts">): string[] {
  if (conflicts.length === 0) return [];
  const which = conflicts.map(conflictText).join("; ");
  return folded([
    label("Factors", `${several(conflicts.length, "row")} of council/emission-factors.csv not counted: ${which}`)
  ]);
}

const conflictText = ({council, counts}: FactorConflict) =>
  `${council.activity} ${council.line} ${council.factor_set} is ${figureOf(council)} there, ${figureOf(counts)} counts`;
