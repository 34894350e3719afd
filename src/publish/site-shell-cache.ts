import {mkdir, readFile, rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {hashOfSources} from "../frozen/sources.ts";
import {unfinished} from "../warehouse/sweep.ts";
import type {PublishedFile} from "./files.ts";

const keptSchema = z.strictObject({
  sources: z.string(),
  files: z.array(z.strictObject({path: z.string(), base64: z.base64()}))
});

/** All that the built page is made of: what is in these folders, how it is built, and which libraries. */
const folders = ["notebooks", "src/figures", "src/wording"];
const singles = ["src/publish/site-shell.ts"];

/** The built page: the one kept in this folder where nothing that it is made of has changed since, else built anew and kept. */
export async function readShell(cacheFolder: string): Promise<readonly PublishedFile[]> {
  const [place, sources] = [join(cacheFolder, "site-shell.json"), await hashOfSources(folders, singles)];
  const kept = await readKept(place);
  if (kept?.sources === sources)
    return kept.files.map(({path, base64}) => ({path, bytes: Buffer.from(base64, "base64")}));
  const {buildShell} = await import("./site-shell.ts");
  const files = await buildShell();
  await keep(cacheFolder, place, {
    sources,
    files: files.map(({path, bytes}) => ({path, base64: Buffer.from(bytes).toString("base64")}))
  });
  return files;
}

async function readKept(place: string): Promise<z.infer<typeof keptSchema> | null> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(place, "utf8")));
  } catch {
    return null;
  }
}

/** A folder that cannot be written costs time at the next publication, and nothing else. */
async function keep(folder: string, place: string, kept: z.infer<typeof keptSchema>): Promise<void> {
  const temporary = place + unfinished();
  try {
    await mkdir(folder, {recursive: true});
    await writeFile(temporary, JSON.stringify(kept));
    await rename(temporary, place);
  } catch {}
}
