import {type Compared, compareEditions, type MovedMakings, type MovedNumber} from "../../editions/compare.ts";
import {type Edition, folderOfEdition, readEdition} from "../../editions/editions.ts";
import {listText} from "../../wording/lists.ts";
import {fixed, several, signed} from "../../wording/numbers.ts";
import {label} from "../../wording/report.ts";
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
export function makingLines({inputs, settings, factorSets, models, isOtherCanopy}: MovedMakings): string[] {
  const files = inputs.map(({feed, added, gone}) => {
    const came = added > 0 ? [several(added, "new file")] : [];
    const went = gone > 0 ? [`${several(gone, "file")} no longer counted`] : [];
    return `${[...came, ...went].join(", ")} of ${feed}`;
  });
  const lines = [
    ...files.map(text => label("Files", text)),
    ...(settings.length === 0
      ? []
      : [label("Registers", `changed: ${listText(settings)}. What changed in each: canopy history`)]),
    ...(factorSets.length === 0 ? [] : [label("Factors", `new: ${listText(factorSets.map(String))}`)]),
    ...(models.length === 0 ? [] : [label("Methods", `worked out in another way: ${listText(models)}`)]),
    ...(isOtherCanopy ? [label("Canopy", "another version made it")] : [])
  ];
  return lines.length === 0
    ? ["made from the same files, registers, factors and methods"]
    : ["What changed in what they are made from:", ...lines];
}
