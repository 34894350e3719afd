import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {CheckError} from "../../errors.ts";
import {type Layout, layoutSchema} from "./layout.ts";
import {unfolders} from "./unfold.ts";

const shipped = fileURLToPath(new URL("./library/", import.meta.url));

/** Every layout canopy ships and those in the council's own folder, by name. A council's layout replaces a shipped one of its name. */
export async function readLayouts(councilFolder: string | null): Promise<Map<string, Layout>> {
  const folders = [shipped, ...(councilFolder === null ? [] : [councilFolder])];
  const layouts = (await Promise.all(folders.map(readFolder))).flat();
  return new Map(layouts.map(layout => [layout.name, layout]));
}

async function readFolder(folder: string): Promise<Layout[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const layouts = await Promise.all(
    names
      .filter(name => name.endsWith(".json"))
      .sort()
      .map(async name => parseLayout(await readFile(join(folder, name), "utf8"), name))
  );
  const repeated = layouts.find(({name}, index) => layouts.findIndex(other => other.name === name) !== index);
  if (repeated) throw new CheckError(`two layouts in ${folder} are named: ${repeated.name}`);
  return layouts;
}

/** Reads one layout, or says what is wrong with it; `origin` names it in the message. */
export function parseLayout(text: string, origin: string): Layout {
  const result = layoutSchema.safeParse(readJson(text, origin));
  if (!result.success) throw new CheckError(`layout ${origin}: ${z.prettifyError(result.error)}`);
  const {unfold} = result.data;
  if (unfold !== undefined && !(unfold in unfolders))
    throw new CheckError(
      `layout ${origin}: no unfolding is named ${unfold}: there are ${Object.keys(unfolders).join(", ")}`
    );
  return result.data;
}

function readJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CheckError(`layout ${origin}: not JSON`, {cause: error});
  }
}
