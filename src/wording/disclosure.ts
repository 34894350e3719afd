import {daysText, longDateText} from "./dates.ts";
import {plain, several} from "./numbers.ts";
import {percent} from "./shares.ts";
import {sentenceCase} from "./titles.ts";

/** What is held of one energy of a building, in the months that were asked for. */
export interface HeldEnergy {
  readonly energy: string;
  readonly meters: number;
  readonly expected_half_hours: number;
  readonly present_half_hours: number;
  readonly estimated_half_hours: number;
}

/** All that the answer to a request says. */
export interface Disclosure {
  readonly council: string;
  readonly isIllustrative: boolean;
  readonly asOf: Date;
  readonly building: string;
  readonly first: Date;
  readonly last: Date;
  readonly held: readonly HeldEnergy[];
  readonly tables: readonly {readonly name: string; readonly description: string; readonly rows: number}[];
  /** What was withheld and why, a sentence each without its full stop. */
  readonly withheld: readonly string[];
}

/** The answer in words, a paragraph or an entry of a list each. */
export function disclosureText(answer: Disclosure): string {
  const {council, isIllustrative, asOf, building, first, last, held, tables, withheld} = answer;
  const list = (lines: readonly string[]) => lines.map(line => `- ${line}.`).join("\n");
  return `${[
    `What ${council} holds of ${building}, ${daysText(first, last)}`,
    `As at ${longDateText(asOf)}.${isIllustrative ? " An illustrative estate: every reading is invented." : ""}`,
    "WHAT IS HELD",
    held.length === 0
      ? "No meter of it was to be read in these months."
      : list(held.map(each => sentenceCase(heldText(each)))),
    "WHAT IS GIVEN",
    tables.length === 0
      ? "Nothing: no reading of these days is held, or none may be given."
      : list(
          tables.map(
            ({name, description, rows}) => `${name}.csv, ${several(rows, "row")}: ${description.replace(/\.$/, "")}`
          )
        ),
    "Beside each table lies what its columns are (csv-metadata.json, CSV on the Web). An empty cell is not known; it is never zero. Months are those that the days touch, whole.",
    "WHAT IS WITHHELD, AND WHY",
    withheld.length === 0 ? "Nothing of what is held." : list(withheld.map(sentenceCase))
  ].join("\n\n")}\n`;
}

function heldText({energy, meters, expected_half_hours, present_half_hours, estimated_half_hours}: HeldEnergy): string {
  const known = `${plain(present_half_hours)} of ${plain(expected_half_hours)} half-hours (${percent(present_half_hours, expected_half_hours)})`;
  const estimated =
    estimated_half_hours === 0 ? "none of them estimated" : `${plain(estimated_half_hours)} of them estimated`;
  return `${energy}, ${several(meters, "meter")}, in the months that the days touch: ${known}, ${estimated}`;
}
