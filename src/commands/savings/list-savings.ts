import {CliError} from "../../errors.ts";
import {type Saving, savings} from "../../models/marts/savings.ts";
import {readMart} from "../../models/read-mart.ts";
import {ofOneBuild, withPublished} from "../../warehouse/published.ts";
import {nearestOf} from "../../wording/nearest.ts";
import {jsonValue} from "../../wording/table.ts";
import {mustBePublished} from "../kit/published.ts";
import {toldLines} from "../status/not-renewed.ts";
import {savingInFull, savingLines} from "./saving-lines.ts";

/** How a saving is worked out, by the names that others know. */
const method = "IPMVP Option C (whole building), CalTRACK 2.0 daily method (superseded by OpenDSM)";

/** Every measure in a line or two, or one in full. */
export async function listSavings(
  dataFolder: string,
  measure: string | null,
  format: "text" | "json"
): Promise<string[]> {
  await mustBePublished(dataFolder, [savings]);
  const told = await withPublished(dataFolder, connection =>
    ofOneBuild(connection, each => readMart(each, savings, "order by completed_on desc nulls last, measure_id"))
  );
  if (format === "json") return [JSON.stringify({method, savings: chosenOf(told.value ?? [], measure)}, jsonValue, 2)];
  return toldLines("savings", told, all => linesOf(chosenOf(all, measure), measure !== null));
}

function chosenOf(all: readonly Saving[], measure: string | null): readonly Saving[] {
  if (measure === null) return all;
  const chosen = all.filter(({measure_id}) => measure_id === measure);
  if (chosen.length > 0) return chosen;
  const nearest = nearestOf(
    measure,
    all.map(({measure_id}) => measure_id)
  );
  const meant = nearest === null ? "To list them: canopy savings" : `Perhaps ${nearest}?`;
  throw new CliError(`no measure of council/measures.csv is called ${JSON.stringify(measure)}. ${meant}`);
}

function linesOf(chosen: readonly Saving[], isInFull: boolean): string[] {
  if (chosen.length === 0) return ["no measure is in council/measures.csv"];
  return [...chosen.flatMap(isInFull ? savingInFull : savingLines), `Method: ${method}`];
}
