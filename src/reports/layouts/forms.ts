import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {CliError} from "../../errors.ts";
import type {Layout} from "../../feeds/layouts/layout.ts";
import {parseLayout, readLayouts} from "../../feeds/layouts/library.ts";
import {recordFormats} from "../../feeds/records/index.ts";
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

/** A layout in a file of its own, such as a draft that is not yet in use. */
export async function readLayoutFile(path: string): Promise<Layout> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new CliError(`no such file: ${path}`);
  });
  return parseLayout(text, path);
}
