import {type Effects, inert} from "../../effects.ts";
import {readProgramme, rollupFolder} from "../../programme/folder.ts";
import {type Rollup, rollUp} from "../../programme/rollup/rollup.ts";
import {amount, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {textTable} from "../../wording/table.ts";
import {reportingYearText} from "../../wording/years.ts";

/** What all councils come to, in lines; the same is written as files and a page. */
export async function rollupLines(folder: string, effects: Effects): Promise<string[]> {
  const programme = await readProgramme(folder, effects.now());
  const rollup = await rollUp(programme, effects.now().toISOString().slice(0, 10));
  return [
    `${inert(programme.name)}: ${several(rollup.councils.length, "council")} with an edition`,
    ...doubts(rollup),
    "",
    "Scopes 1 and 2 of all councils together, t CO₂e. A year that is not whole is at least so much, and in no total.",
    ...textTable(
      ["year", "whole", "t CO₂e of those", "in part", "at least t CO₂e more", "without a figure", "held"],
      rollup.years.map(year => [
        `${reportingYearText(year.reporting_year)}${year.has_ended ? "" : " so far"}`,
        year.whole_councils,
        year.whole_t_co2e === null ? "–" : amount(year.whole_t_co2e),
        year.part_councils,
        year.part_at_least_t_co2e === null ? "–" : amount(year.part_at_least_t_co2e),
        year.councils_without,
        year.held_share === null ? "–" : percent(year.held_share, 1)
      ])
    ),
    "",
    ...textTable(
      ["council", "edition", "last year", "t CO₂e"],
      rollup.councils.map(council => [
        council.council_name,
        `${council.edition}${council.is_illustrative ? " (illustrative)" : ""}`,
        council.reporting_year === null ? "none yet" : reportingYearText(council.reporting_year),
        council.t_co2e === null ? "–" : `${council.is_whole_year === true ? "" : "at least "}${amount(council.t_co2e)}`
      ])
    ),
    "",
    `files: ${rollupFolder(programme.path)}`
  ];
}

function doubts({without, unreadable, councils}: Rollup): string[] {
  const other = councils.filter(({is_other_schema}) => is_other_schema).map(({council_name}) => inert(council_name));
  return [
    ...(without.length > 0 ? [`without an edition, and in nothing here: ${without.map(inert).join(", ")}`] : []),
    ...(unreadable.length > 0 ? [`NOT READ: ${unreadable.map(inert).join(", ")}`] : []),
    ...(other.length > 0
      ? [`made by another version of canopy, and what that lacks is missing: ${other.join(", ")}`]
      : [])
  ];
}
