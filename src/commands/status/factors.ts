import {type FactorConflict, type FactorsHeld, figureOf} from "../../reference/factors/merge.ts";
import {several} from "../../wording/numbers.ts";
import {folded, label} from "../../wording/report.ts";

/** Which of the council's own factors are not used, because an official one differs. */
export function factorLines({conflicts}: Pick<FactorsHeld, "conflicts">): string[] {
  if (conflicts.length === 0) return [];
  const which = conflicts.map(conflictText).join("; ");
  return folded([
    label(
      "Factors",
      `${several(conflicts.length, "row")} of council/emission-factors.csv not used, because the official figure differs: ${which}`
    )
  ]);
}

const conflictText = ({council, counts}: FactorConflict) =>
  `${council.activity} ${council.line} ${council.factor_set} is ${figureOf(council)} there, officially ${figureOf(counts)}`;
