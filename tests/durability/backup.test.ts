import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {generateX25519Identity, identityToRecipient} from "age-encryption";
import {expect, onTestFinished, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {deliver, held} from "./folder.ts";
import {mixedFile, mixedMeters} from "./mixed-files.ts";

const filesOf = (from: number, to: number) =>
  Array.from({length: to - from}, (_, index) => mixedFile(20261129, from + index));

async function council(first = 0): Promise<string> {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  for (const {name, text} of filesOf(first, first + 5)) await deliver(folder, name, text);
  await done(["ingest"], folder);
  await done(["withdraw", "1", "--why", "wrong meters"], folder);
  // An answer to a request, as it was sent.
  await mkdir(join(folder, "disclosures", "town-hall-2026"), {recursive: true});
  await writeFile(join(folder, "disclosures", "town-hall-2026", "answer.txt"), "what is held of the town-hall");
  return folder;
}

async function done(line: readonly string[], folder: string): Promise<string> {
  const {code, printed, error} = await canopyLine(line, folder);
  expect([code, error], printed).toEqual([0, ""]);
  return printed;
}

async function elsewhere(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-backup-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** Every file of a folder as one text, to look for what must not be there. */
async function everything(folder: string): Promise<string> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(each => each.isFile()).map(each => join(each.parentPath, each.name));
  return (await Promise.all(files.map(file => readFile(file, "latin1")))).join("\n");
}

test("a backup made while files come in is restored, and gives the same warehouse; the key of the pseudonyms is not in it", async () => {
  const [folder, target, restored] = [await council(), await elsewhere(), await elsewhere()];
  for (const {name, text} of filesOf(5, 9)) await deliver(folder, name, text);
  const [backup] = await Promise.all([canopyLine(["backup", target], folder), done(["ingest"], folder)]);
  expect(backup).toMatchObject({code: 0, error: ""});
  // The same folder is brought up to date: only what is new is copied.
  await done(["backup", target], folder);
  const again = await done(["backup", target], folder);
  expect(again).toMatch(/^\d+ files of the archive in .+, 0 of them new\n/);
  const key = (await readFile(join(folder, ".keys", "pseudonyms"), "utf8")).trim();
  expect(await everything(target)).not.toContain(key);
  expect(await done(["restore", target], restored)).toMatch(
    /^\d+ files of the archive restored in .+, every byte read\n/
  );
  await done(["ingest"], restored);
  await done(["verify", "--full"], restored);
  expect(await held(restored)).toEqual(await held(folder));
  for (const name of ["council", "disclosures"])
    expect(await everything(join(restored, name))).toBe(await everything(join(folder, name)));
});

test("an encrypted backup says nothing to who has no key, and is restored with it", async () => {
  const [folder, target, restored, keys] = [await council(), await elsewhere(), await elsewhere(), await elsewhere()];
  const identity = await generateX25519Identity();
  await writeFile(join(keys, "key.txt"), `# made for a test\n${identity}\n`);
  await done(["backup", target, "--recipient", await identityToRecipient(identity)], folder);
  const all = await everything(target);
  for (const secret of [mixedMeters[0], "town-hall", "Test Council", "wrong meters"]) {
    expect(all).not.toContain(secret);
    expect(await everything(folder)).toContain(secret);
  }
  expect(await canopyLine(["restore", target], restored)).toMatchObject({
    code: 2,
    error: expect.stringContaining("--identity")
  });
  await writeFile(join(keys, "other.txt"), `${await generateX25519Identity()}\n`);
  expect(await canopyLine(["restore", target, "--identity", join(keys, "other.txt")], restored)).toMatchObject({
    code: 1,
    error: expect.stringContaining("cannot be read with this key")
  });
  await done(["restore", target, "--identity", join(keys, "key.txt")], restored);
  await done(["ingest"], restored);
  expect(await held(restored)).toEqual(await held(folder));
});

test("a backup is not put where it would be lost or would spoil something, and what is damaged is named", async () => {
  const [folder, target, other] = [await council(), await elsewhere(), await elsewhere()];
  expect(await canopyLine(["backup", join(folder, "backup")], folder)).toMatchObject({code: 2});
  await writeFile(join(other, "holiday.jpg"), "");
  expect(await canopyLine(["backup", other], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("no backup")
  });
  await done(["backup", target], folder);
  expect(await canopyLine(["backup", target], await council(1))).toMatchObject({
    code: 1,
    error: expect.stringContaining("another archive")
  });
  expect(await canopyLine(["backup", target, "--recipient", "age1nonsense"], folder)).toMatchObject({code: 2});
  expect(await canopyLine(["restore", target], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("not empty")
  });
  expect(await canopyLine(["restore", other], await elsewhere())).toMatchObject({
    code: 1,
    error: expect.stringContaining("no backup")
  });
  // A receipt that is damaged here does not take the place of the whole one there.
  const [receipt = ""] = (await readdir(join(folder, "snapshots"), {recursive: true})).filter(name =>
    name.endsWith(".receipt.json")
  );
  const whole = await readFile(join(target, "snapshots", receipt), "utf8");
  await writeFile(join(folder, "snapshots", receipt), "");
  expect(await canopyLine(["backup", target], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("the archive is damaged")
  });
  expect(await readFile(join(target, "snapshots", receipt), "utf8")).toBe(whole);
  const [snapshot = ""] = (await readdir(join(target, "snapshots"), {recursive: true})).filter(name =>
    /[0-9a-f]{64}$/.test(name)
  );
  await writeFile(join(target, "snapshots", snapshot), "not what came");
  expect(await canopyLine(["restore", target], await elsewhere())).toMatchObject({
    code: 1,
    printed: expect.stringContaining("are not what came")
  });
});
