import {readdir, readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {CheckError} from "../errors.ts";
import {unfolders} from "../sources/unfolders.ts";
import {type Layout, layoutSchema} from "./layout.ts";

/** A layout lies with its sender's other files; one whose sender has nothing else lies in the library. */
const shipped = ["./library/", "../sources/"].map(folder => fileURLToPath(new URL(folder, import.meta.url)));

/** Every layout canopy ships and those in the council's own folder, by name. A council's layout replaces a shipped one of its name. */
export async function readLayouts(councilFolder: string | null): Promise<Map<string, Layout>> {
  ofProduct ??= readFolders(shipped);
  const [ours, theirs] = await Promise.all([ofProduct, readFolders(councilFolder === null ? [] : [councilFolder])]);
  return new Map([...ours, ...theirs].map(layout => [layout.name, layout]));
}

/** The shipped layouts do not change while canopy runs: they are read once in a process. */
let ofProduct: Promise<Layout[]> | undefined;

async function readFolders(folders: readonly string[]): Promise<Layout[]> {
  const files = (await Promise.all(folders.map(layoutFilesIn))).flat();
  const byName = files.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const layouts = await Promise.all(
    byName.map(async file => parseLayout(await readFile(file, "utf8"), basename(file)))
  );
  const names = new Set<string>();
  for (const {name} of layouts) {
    if (names.has(name)) throw new CheckError(`two layouts in ${folders.join(" and ")} are named: ${name}`);
    names.add(name);
  }
  return layouts;
}

async function layoutFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, {recursive: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter(name => name.endsWith(".json")).map(name => join(folder, name));
}

/** Reads one layout, or says what is wrong with it; `origin` names it in the message. */
export function parseLayout(text: string, origin: string): Layout {
  const result = layoutSchema.safeParse(readJson(text, origin));
  if (!result.success) throw new CheckError(`layout ${origin}: ${z.prettifyError(result.error)}`);
  const {unfold} = result.data;
  if (unfold !== undefined && !(unfold in unfolders))
    throw new CheckError(
      `layout ${origin}: no unfolding is named ${unfold}. There are: ${Object.keys(unfolders).join(", ")}`
    );
  return result.data;
}

function readJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CheckError(`layout ${origin}: this is not valid JSON`, {cause: error});
  }
}
