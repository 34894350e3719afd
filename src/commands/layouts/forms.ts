import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {CliError} from "../../errors.ts";
import type {Layout} from "../../layouts/layout.ts";
import {parseLayout, readLayouts} from "../../layouts/library.ts";
import {recordFormats} from "../../sources/formats.ts";
import type {RecordFormat} from "../../sources/record-format.ts";
import type {Listed} from "./list.ts";

/** Every layout there is: canopy's and the council's. */
export const readAllLayouts = (dataFolder: string) => readLayouts(join(dataFolder, "council", "layouts"));

/** Every form of file that is read, by name, with where it comes from. */
export async function readForms(dataFolder: string): Promise<Map<string, Listed>> {
  const [all, shipped] = await Promise.all([readAllLayouts(dataFolder), readLayouts(null)]);
  const originOf = (layout: Layout): Listed["origin"] => {
    const own = shipped.get(layout.name);
    if (own === undefined) return "the council";
    return JSON.stringify(own) === JSON.stringify(layout) ? "canopy" : "the council, in place of canopy's";
  };
  const listed: Listed[] = [
    ...[...all.values()].map(layout => ({form: layout, origin: originOf(layout)})),
    ...[...recordFormats.values()].map(format => ({form: format, origin: "canopy" as const}))
  ];
  return new Map(listed.map(each => [each.form.name, each]));
}

/** Every form of file by name: layouts of half-hours, and formats of records. */
export async function readFormats(dataFolder: string): Promise<Map<string, Layout | RecordFormat>> {
  return new Map([...(await readForms(dataFolder))].map(([name, {form}]) => [name, form]));
}

/** A layout in a file of its own, such as a draft that is not yet in use. */
export async function readLayoutFile(path: string): Promise<Layout> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new CliError(`no such file: ${path}`);
  });
  return parseLayout(text, path);
}
