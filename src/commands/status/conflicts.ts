import {inert} from "../../effects.ts";
import type {Conflict} from "../../models/marts/conflicts.ts";
import {daysText} from "../../wording/dates.ts";
import {energyText, several} from "../../wording/numbers.ts";
import type {Item} from "./item.ts";

/** Loads that disagree with nothing to say which is right, and the commands by which a person decides. */
export function conflictItems(conflicts: readonly Conflict[]): Item[] {
  if (conflicts.length === 0) return [];
  const meters = new Set(conflicts.map(({meter_point_id}) => meter_point_id)).size;
  const words = `${several(meters, "meter has", "meters have")} files that disagree. What was counted first counts; of files that came together none does. Decide with canopy accept LOAD --why, or canopy withdraw LOAD --why`;
  return [{words, rows: conflicts.map(conflictText)}];
}

const conflictText = (conflict: Conflict) =>
  conflict.load_id === conflict.other_load_id ? contradictionText(conflict) : disagreementText(conflict);

function disagreementText(conflict: Conflict): string {
  const {load_id, file_name, kwh, other_load_id, other_file_name, other_kwh, counts} = conflict;
  const counted = counts === "other" ? `load ${other_load_id} counts` : "neither counts";
  return `${whatText(conflict)}: load ${load_id} (${inert(file_name)}) says ${energyText(kwh)}, load ${other_load_id} (${inert(other_file_name)}) ${energyText(other_kwh)}; ${counted}`;
}

const contradictionText = (conflict: Conflict) =>
  `${whatText(conflict)}: load ${conflict.load_id} (${inert(conflict.file_name)}) says both ${energyText(conflict.kwh)} and ${energyText(conflict.other_kwh)}, under two names of the meter; neither counts`;

const whatText = ({meter_point_id, channel, days, first_date, last_date}: Conflict) =>
  `${inert(meter_point_id)}${channel === "import" ? "" : ` (${channel})`}, ${several(days, "day")}, ${daysText(first_date, last_date)}`;
