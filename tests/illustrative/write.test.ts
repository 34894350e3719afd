import {createHash} from "node:crypto";
import {readdir, readFile, stat, unlink, writeFile} from "node:fs/promises";
import {expect, test} from "vitest";
import {writeIllustrativeEstate} from "../../src/illustrative/write.ts";
import {SEED, type Written, writeEstate} from "./written.ts";

const MOST_BYTES = 15_000_000;

async function fingerprint({paths, truthFile}: Written): Promise<string> {
  const sum = createHash("sha256");
  for (const path of [...paths, truthFile]) sum.update(await readFile(path));
  return sum.digest("hex");
}

async function modified({paths, truthFile}: Written): Promise<number[]> {
  return Promise.all([...paths, truthFile].map(async path => (await stat(path)).mtimeMs));
}

test("the same seed gives the same bytes, another seed others", async () => {
  const [one, same, other] = await Promise.all([writeEstate(), writeEstate(), writeEstate(SEED + 1)]);
  expect(await fingerprint(same)).toBe(await fingerprint(one));
  expect(await fingerprint(other)).not.toBe(await fingerprint(one));
});

test("a second call touches nothing", async () => {
  const written = await writeEstate();
  const before = await modified(written);
  const again = await writeIllustrativeEstate({inbox: written.inbox, truthFile: written.truthFile, seed: SEED});
  expect(again.files).toEqual(written.paths);
  expect(await modified(written)).toEqual(before);
});

test("a file that was spoilt or lost is written again", async () => {
  const written = await writeEstate();
  const [spoilt = "", lost = ""] = written.paths;
  const before = await fingerprint(written);
  await writeFile(spoilt, "spoilt");
  await unlink(lost);
  await writeIllustrativeEstate({inbox: written.inbox, truthFile: written.truthFile, seed: SEED});
  expect(await fingerprint(written)).toBe(before);
});

test("the paths told are the files there, of modest size and without temporary ones", async () => {
  const {folder, paths} = await writeEstate();
  const sizes = await Promise.all(paths.map(async path => (await stat(path)).size));
  expect((await readdir(folder)).map(name => `${folder}/${name}`).sort()).toEqual([...paths]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
});
