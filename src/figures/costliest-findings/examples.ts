import type {Example} from "../kit/define-figure.ts";
import {utc} from "../kit/examples/invented.ts";
import type {CostlyFinding} from "./words.ts";

const all = {found: 4, all_low: 64_900, all_high: 82_600, as_of: utc("2026-10-31")};

/** Heating, lights and base load of three buildings, and an array of which nobody knows what is used on site. */
export const fourFindings: readonly CostlyFinding[] = [
  {
    ...{
      finding_id: "a",
      kind: "heating while shut",
      energy: "gas",
      site_name: "Westfold Primary School",
      subject: "westfold"
    },
    ...{since: utc("2026-10-05"), gbp_a_year_low: 39_000, gbp_a_year_high: 49_000, ...all}
  },
  {
    ...{finding_id: "b", kind: "on at night", energy: "electricity", site_name: "Oxmarsh School", subject: "oxmarsh"},
    ...{since: utc("2026-09-21"), gbp_a_year_low: 14_800, gbp_a_year_high: 15_700, ...all}
  },
  {
    ...{finding_id: "c", kind: "base load up", energy: "electricity", site_name: "Town Hall", subject: "town-hall"},
    ...{since: utc("2026-09-07"), gbp_a_year_low: 11_100, gbp_a_year_high: 12_300, ...all}
  },
  {
    ...{
      finding_id: "d",
      kind: "solar array out",
      energy: "electricity",
      site_name: "Depot with a rather long name by the canal",
      subject: "roof"
    },
    ...{since: utc("2026-10-12"), gbp_a_year_low: 0, gbp_a_year_high: 5600, ...all}
  }
];

export const examples: readonly Example<CostlyFinding>[] = [
  {name: "costliest-findings", rows: fourFindings, options: {isIllustrative: true}}
];
