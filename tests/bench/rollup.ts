import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {readProgramme} from "../../src/programme/folder.ts";
import {rollUp} from "../../src/programme/rollup/rollup.ts";
import {writeRollup} from "../../src/programme/rollup/write.ts";
import {keepShellIn} from "../support/kept-shell.ts";
import {writeLake} from "../support/lake.ts";
import {largeLake} from "../support/large-lake.ts";

/**
 * What it takes to roll up a lake of so many councils: eight years of ten sources, sixty buildings and the national statistics of a borough each, a file a table.
 * The look of pages is there already, as after the first time. `npm run bench -- rollup`.
 */
export async function benchRollup(folder: string, print: (line: string) => void): Promise<void> {
  for (const [councils, aim] of [
    [380, "aim 3 s on two cores"],
    [1000, ""]
  ] as const) {
    const programme = join(folder, `programme-${councils}`);
    mkdirSync(programme, {recursive: true});
    await writeLake(programme, largeLake(councils));
    await keepShellIn(join(programme, ".cache"));
    print(`\n${councils} councils${aim === "" ? "" : ` (${aim})`}`);
    const read = await timed("  registers of the programme", () => readProgramme(programme, new Date()), print);
    const rollup = await timed("  what they come to", () => rollUp(read), print);
    await timed("  tables, figures and page, written", () => writeRollup(read, rollup), print);
    await timed("  the same again, nothing changed", async () => writeRollup(read, await rollUp(read)), print);
  }
}

async function timed<T>(what: string, work: () => Promise<T>, print: (line: string) => void): Promise<T> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const {user, system} = process.cpuUsage(before);
  const seconds = (performance.now() - begun) / 1000;
  print(
    `${what.padEnd(40)} ${seconds.toFixed(2).padStart(6)} s ${((user + system) / 1e6).toFixed(2).padStart(7)} CPU s`
  );
  return result;
}
