import type {Finding} from "../../models/marts/findings.ts";
import {
  findingConfidence,
  findingCost,
  findingMeasure,
  findingNext,
  findingState,
  findingTitle,
  findingWhen
} from "../../wording/findings.ts";

/** A column of the spreadsheet: what canopy writes into it; null where a person does. */
export interface SheetColumn {
  readonly name: string;
  readonly width: number;
  readonly text: ((finding: Finding, asOf: Date) => string | number | null) | null;
}

/** The columns, in order. The last four are for people; `decision` is one of the words of `decisionWords`. */
export const sheetColumns: readonly SheetColumn[] = [
  {name: "finding", width: 42, text: ({finding_id}) => finding_id},
  {name: "what", width: 60, text: findingTitle},
  {name: "when", width: 22, text: findingWhen},
  {name: "measure", width: 44, text: findingMeasure},
  {name: "costs", width: 44, text: findingCost},
  {
    name: "avoidable £ a year",
    width: 18,
    text: ({gbp_a_year}) => gbp_a_year
  },
  {name: "how sure", width: 18, text: findingConfidence},
  {name: "owner", width: 18, text: ({owner_role}) => owner_role},
  {name: "next step", width: 60, text: findingNext},
  {name: "service", width: 18, text: ({service}) => service},
  {name: "cost centre", width: 14, text: ({cost_centre}) => cost_centre},
  {name: "state", width: 30, text: findingState},
  {name: "decision", width: 16, text: null},
  {name: "until", width: 14, text: null},
  {name: "why", width: 50, text: null}
];

/** What may stand in `decision`, in the words of the command line, and what is then decided. */
export const decisionWords = {
  acknowledge: "acknowledged",
  snooze: "snoozed",
  explain: "explained",
  fixed: "fixed",
  wrong: "wrong",
  reopen: "reopened"
} as const;
