import {type Compared, compareEditions} from "../../frozen/compare.ts";
import {type Edition, folderOfEdition, readEdition} from "../../frozen/editions.ts";
import {type MovedMakings, type MovedNumber, makingTexts} from "../../wording/changes.ts";
import {listText} from "../../wording/lists.ts";
import {fixed, signed} from "../../wording/numbers.ts";
import {textTable} from "../../wording/table.ts";
import {reportingYearText} from "../../wording/years.ts";

/** What moved between two editions, and what it may come from. */
export async function compareLines(dataFolder: string, before: string, after: string): Promise<string[]> {
  const [old, now] = await Promise.all(
    [before, after].map(async name => readEdition(await folderOfEdition(dataFolder, name)))
  );
  return comparedLines(old as Edition, now as Edition, await compareEditions(old as Edition, now as Edition));
}

function comparedLines({manifest: old}: Edition, {manifest: now}: Edition, {numbers, makings}: Compared): string[] {
  const head = ["year", "source", `${old.name}, t CO₂e`, `${now.name}, t CO₂e`, "change, t"];
  return [
    ...(numbers.length === 0 ? ["no year's emissions are other than they were"] : textTable(head, numbers.map(rowOf))),
    "",
    ...makingLines(makings)
  ];
}

const tonnes = (value: number | null, isWhole: boolean | null) =>
  value === null ? "none" : `${isWhole === false ? "at least " : ""}${fixed(value, 1)}`;

const rowOf = (each: MovedNumber) => [
  reportingYearText(each.reporting_year),
  each.emission_source ?? "scopes 1 and 2",
  tonnes(each.before_t_co2e, each.was_whole_year),
  tonnes(each.after_t_co2e, each.is_whole_year),
  each.change_t_co2e === null ? "" : `${each.change_t_co2e > 0 ? "+" : ""}${signed(fixed(each.change_t_co2e, 1))}`
];

/** What changed in what numbers are made from; a year may have moved by any of it. */
export function makingLines(makings: MovedMakings): string[] {
  const texts = makingTexts(makings);
  if (texts.length === 0) return ["made from the same files, registers, factors and methods"];
  return [
    "What changed in what they are made from:",
    ...texts.map(text => `  ${text}`),
    ...(makings.settings.length === 0 ? [] : ["What changed in each register: canopy history"]),
    ...(makings.models.length === 0 ? [] : [`Worked out in another way: ${listText(makings.models)}`])
  ];
}
