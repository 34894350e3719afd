import {execFile} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {cp, readFile, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";

const project = new URL("../..", import.meta.url).pathname;
const run = promisify(execFile);

/** A data folder in which the illustrative council was started once, and what that printed. Shared between test files: nothing may be changed in it. */
export interface Start {
  readonly folder: string;
  readonly stdout: string;
}

/** Runs the command as a newcomer does: in a process of its own. */
export async function canopy(...args: string[]): Promise<{stdout: string; stderr: string}> {
  return run(process.execPath, ["--import", "tsx", join(project, "src/cli.ts"), ...args], {cwd: project});
}

/** Vitest's global set-up: a place for what test files share, which goes when all have run. */
export function setup(): () => void {
  const place = mkdtempSync(join(tmpdir(), "canopy-shared-"));
  process.env.CANOPY_TEST_SHARED = place;
  return () => rmSync(place, {recursive: true, force: true});
}

/** Starts the illustrative council, once for all test files: the first that asks does the work, the others wait for it. */
export async function sharedStart(): Promise<Start> {
  const place = process.env.CANOPY_TEST_SHARED ?? "";
  const [folder, ended, failed] = [join(place, "start"), join(place, "start.txt"), join(place, "start.failed")];
  if (isFirst(folder)) {
    try {
      await cp(join(project, "data", "council"), join(folder, "council"), {recursive: true});
      await writeFile(ended, (await canopy("run", "--data", folder)).stdout);
    } catch (error) {
      await writeFile(failed, String(error));
    }
  }
  while (!existsSync(ended) && !existsSync(failed)) await new Promise(resolve => setTimeout(resolve, 200));
  if (existsSync(failed)) throw new Error(`the shared start failed: ${await readFile(failed, "utf8")}`);
  return {folder, stdout: await readFile(ended, "utf8")};
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
