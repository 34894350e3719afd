import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";

/** Other people's data, kept beside the project and read where it stands. Tests of it are skipped, visibly, where it is not there. */
const folder = new URL("../../../shared/", import.meta.url).pathname;

/** Whether the real data are there; where they are not, a line says so once. */
export const hasRealData = existsSync(join(folder, "real"));
if (!hasRealData) process.stderr.write(`skipped: tests of real data, which are not at ${folder}\n`);

export const realPath = (path: string) => join(folder, "real", path);
export const samplePath = (path: string) => join(folder, "samples", path);

/** A real file's cells: split at commas and line ends, which is all these files need. */
export async function readCells(path: string): Promise<string[][]> {
  const text = await readFile(path, "utf8");
  return text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .filter(line => line !== "")
    .map(line => line.split(",").map(cell => cell.replace(/^"(.*)"$/, "$1")));
}
