import {createHash} from "node:crypto";
import {readdir, readFile, stat, unlink, writeFile} from "node:fs/promises";
import {relative} from "node:path";
import {expect, test} from "vitest";
import {inventFiles} from "../../../src/illustrative/invent-files.ts";
import {startTelling} from "../../../src/illustrative/truth/teller.ts";
import {SEED, type Written} from "../written.ts";

/** Most bytes of the supplier files together. */
const MOST_BYTES = 160_000_000;

async function fingerprint({home, paths, truthFile}: Written): Promise<string> {
  const sum = createHash("sha256");
  for (const path of [...paths, truthFile]) sum.update(relative(home, path)).update(await readFile(path));
  return sum.digest("hex");
}

async function modified({paths, truthFile}: Written): Promise<number[]> {
  return Promise.all([...paths, truthFile].map(async path => (await stat(path)).mtimeMs));
}

/** What writing promises; the last of the suites, since it spoils files. */
export function writeSuite(estate: () => Written): void {
  test("another seed gives others", async () => {
    const [first] = inventFiles({seed: SEED + 1, faults: "planted"}, startTelling().findings);
    expect(first?.text).not.toBe(await estate().text(first?.name));
  });

  test("the paths told are the files there, sorted, of modest size and without temporary ones", async () => {
    const {inbox, paths} = estate();
    const there = (await readdir(inbox, {recursive: true})).filter(name => /\.\w+$/.test(name));
    const sizes = await Promise.all(paths.map(async path => (await stat(path)).size));
    expect(there.map(name => `${inbox}/${name}`).sort()).toEqual(paths);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  test("writing again gives the same bytes: what was spoilt or lost comes back, the rest is left untouched", async () => {
    const [spoilt = "", lost = "", ...others] = estate().paths;
    const before = await fingerprint(estate());
    const times = await Promise.all(others.map(async path => (await stat(path)).mtimeMs));
    await writeFile(spoilt, "spoilt");
    await unlink(lost);
    await estate().write();
    expect(await fingerprint(estate())).toBe(before);
    expect(await Promise.all(others.map(async path => (await stat(path)).mtimeMs))).toEqual(times);
    const count = estate().paths.length;
    expect(estate().progress[11]).toBe(`writing supplier file 12 of ${count}`);
    expect(estate().progress.at(-1)).toBe(`writing supplier file ${count} of ${count}`);
  });

  test("a further call works nothing out and touches nothing", async () => {
    const [before, paths] = [await modified(estate()), estate().paths];
    await estate().write();
    expect(estate().progress).toEqual([]);
    expect(estate().paths).toEqual(paths);
    expect(await modified(estate())).toEqual(before);
  });
}
