import {inert} from "../../effects.ts";
import {type Edition, readEditions} from "../../frozen/editions.ts";
import {dateText, longDateText} from "../../wording/dates.ts";
import {textTable} from "../../wording/table.ts";
import type {Answer} from "../kit/command.ts";

/** The editions of a data folder, the newest last. */
export async function editionLines(dataFolder: string): Promise<Answer> {
  const {editions, unreadable} = await readEditions(dataFolder);
  const bad = unreadable.map(
    name => `${inert(name)}: cannot be read as an edition. To see why: canopy editions verify ${inert(name)}`
  );
  if (editions.length === 0)
    return {
      lines: [...bad, "no edition yet. To freeze what is published now: canopy publish --edition NAME"],
      code: bad.length > 0 ? 1 : 0
    };
  return {
    lines: [...textTable(["edition", "status", "as at", "made", "check value"], editions.map(rowOf)), ...bad],
    code: bad.length > 0 ? 1 : 0
  };
}

const rowOf = ({manifest, checkValue, madeAt}: Edition) => [
  manifest.name,
  manifest.status,
  longDateText(new Date(manifest.as_of)),
  dateText(madeAt),
  checkValue
];
