import {mkdir, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {CliError} from "../errors.ts";
import {feeds} from "../sources/feeds.ts";
import type {RegisterFacts} from "./register.ts";
import {councilRegisters} from "./registers.ts";

/**
 * Makes a data folder for a council: every register with its header only, those of the council and `others` that it may keep, and an inbox for each
 * feed. Never writes over one that is there.
 */
export async function initCouncil(
  folder: string,
  name: string,
  onsCode: string | null,
  others: readonly Pick<RegisterFacts, "file" | "header">[] = []
): Promise<string[]> {
  const council = join(folder, "council");
  const isThere = await stat(join(council, "council.json")).then(
    () => true,
    () => false
  );
  if (isThere) throw new CliError(`${folder} already has a council, so nothing was written`);
  await mkdir(join(council, "layouts"), {recursive: true});
  for (const feed of feeds.keys()) await mkdir(join(folder, "inbox", feed), {recursive: true});
  const settings = {name, ons_code: onsCode, illustrative: null, base_year: null, factor_year: "majority", as_of: null};
  await writeFile(join(council, "council.json"), `${JSON.stringify(settings, null, 2)}\n`);
  for (const {file, header} of [...councilRegisters, ...others]) await writeFile(join(council, file), `${header}\n`);
  return [
    `The data folder ${folder} is ready.`,
    "",
    `1. List its buildings in ${join(council, "sites.csv")} and its meters in ${join(council, "meter-points.csv")}.`,
    `2. Put supplier files into ${join(folder, "inbox", "estate-energy")}, as they came.`,
    `3. canopy run --data ${folder}`,
    "",
    "Solar panels go into generation-assets.csv, vehicles and the product codes of fuel cards into vehicles.csv and",
    "fuel-products.csv, totals of earlier years into annual-returns.csv; their files into the other inbox folders.",
    "canopy layouts shows which files are understood; a council's own layouts go into council/layouts."
  ];
}
