import {join} from "node:path";
import {type Effects, inert} from "../../effects.ts";
import {readProgramme, rollupFolder} from "../../programme/folder.ts";
import {type Rollup, rollUp} from "../../programme/rollup/rollup.ts";
import {illustrativeText} from "../../programme/rollup/words.ts";
import {writeRollup} from "../../programme/rollup/write.ts";
import {andMore, firstOf} from "../../wording/lists.ts";
import {amount, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {textTable} from "../../wording/table.ts";
import {reportingYearText} from "../../wording/years.ts";

/** How many councils the text lists; the page lists all. */
const mostCouncils = 20;

/** What all councils come to, in lines; the same is written as tables, figures and a page. */
export async function rollupLines(folder: string, effects: Effects): Promise<string[]> {
  const programme = await readProgramme(folder, effects.now());
  const rollup = await rollUp(programme);
  effects.progress("drawing the figures and the page");
  const changed = await writeRollup(programme, rollup);
  const {councils} = rollup;
  return [
    `${inert(programme.name)}: ${several(councils.length, "council")} with an edition`,
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
      councils
        .slice(0, mostCouncils)
        .map(council => [
          council.council_name,
          `${council.edition}${council.is_illustrative ? " (illustrative)" : ""}`,
          council.reporting_year === null ? "none yet" : reportingYearText(council.reporting_year),
          council.t_co2e === null
            ? "–"
            : `${council.is_whole_year === true ? "" : "at least "}${amount(council.t_co2e)}`
        ])
    ),
    ...(councils.length > mostCouncils ? [andMore(councils.length - mostCouncils, "on the page")] : []),
    "",
    ...kindLines(rollup),
    "",
    changed === 0 ? "nothing has changed since it was last written" : `${several(changed, "file")} written`,
    join(rollupFolder(programme.path), "index.html")
  ];
}

function kindLines({kinds, leastBuildings}: Rollup): string[] {
  if (kinds.length === 0)
    return [`No kind has ${leastBuildings} buildings of which enough is read: fewer are not shown.`];
  return [
    `Kinds with ${leastBuildings} buildings or more of which enough is read; fewer are put together, or not shown.`,
    ...textTable(
      ["kind", "buildings", "councils", "read", "middle kWh/m²"],
      kinds.map(kind => [
        kind.site_kind.replaceAll("-", " "),
        ...[kind.buildings, kind.councils, kind.read_buildings, amount(kind.middle_kwh_per_m2)]
      ])
    )
  ];
}

function doubts({without, unreadable, councils}: Rollup): string[] {
  const other = councils.filter(({is_other_schema}) => is_other_schema).map(({council_name}) => inert(council_name));
  const folders = without.map(({folder}) => inert(folder));
  const illustrative = illustrativeText(councils);
  return [
    ...(illustrative === null ? [] : [inert(illustrative)]),
    ...(folders.length > 0 ? [`without an edition, and in nothing here: ${firstOf(folders, mostCouncils)}`] : []),
    ...(unreadable.length > 0 ? [`NOT READ: ${unreadable.map(inert).join(", ")}`] : []),
    ...(other.length > 0
      ? [`made by another version of canopy, and what that lacks is missing: ${firstOf(other, mostCouncils)}`]
      : [])
  ];
}
