import {spawnSync} from "node:child_process";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {defineProof} from "../prove/proof.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {deliver} from "./folder.ts";
import {mixedMeters} from "./mixed-files.ts";

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
if (!canMount)
  process.stderr.write("skipped: full disks, because this machine lets nobody mount a disk of memory (unshare -rm)\n");

/** Kilobytes that are free, from none to enough for nearly everything: the files are a megabyte together, the warehouse takes some more. The first is tried every day. */
const free = [400, 0, 4, 40, 100, 200, 800, 1600, 3200, 6400, 12_800, 25_600];

const dates = Array.from({length: 730}, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));

/** A council with an archive of one small file, and four files of a megabyte in the inbox. */
async function council(): Promise<string> {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  await deliver(
    folder,
    "0.csv",
    portalFile("01/02/26 07:00", [{mpan: mixedMeters[0], date: "2026-01-05", cells: flat(1)}])
  );
  expect((await canopyLine(["ingest"], folder)).code).toBe(0);
  for (const [index, mpan] of mixedMeters.slice(0, 3).entries()) {
    const days = dates.map((date, day) => ({mpan, date, cells: flat(Number((1 + index + day / 1000).toFixed(5)))}));
    await deliver(folder, `${index + 1}.csv`, portalFile(`0${index + 2}/02/26 07:00`, days));
  }
  return folder;
}

async function disk(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "canopy-disk-"));
  onTestFinished(() => rm(place, {recursive: true, force: true}));
  return place;
}

interface Came {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function onDiskWith(kilobytes: number): Promise<Record<"full" | "again" | "verified", Came> & {left: string[]}> {
  const run = spawnSync(
    "unshare",
    [
      "-rm",
      process.execPath,
      "--import",
      "tsx",
      "tests/durability/full-disk-run.ts",
      await council(),
      await disk(),
      String(kilobytes)
    ],
    {cwd: new URL("../..", import.meta.url).pathname, encoding: "utf8", maxBuffer: 1 << 26}
  );
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

if (canMount)
  defineProof("full-disks", {
    parts: {small: 1, whole: free.length},
    prove: async part => {
      const size = free[part - 1] ?? 0;
      const {full, left, again, verified} = await onDiskWith(size);
      expect(full.err).not.toMatch(/^\s+at |node:internal/m);
      expect(left).toEqual([]);
      if (full.code !== 0) expect(full.err.trim().split("\n").at(-1), full.err).toMatch(/^canopy: /);
      expect(again, `${size} kB`).toMatchObject({code: 0});
      expect(verified.out, `${size} kB`).toMatch(
        /^archive: 4 receipts as sealed, [\s\S]*warehouse: holds what its ledger says of 4 loads/
      );
      expect(verified.code).toBe(0);
      return {full_disks: 1, ended_in_an_error: full.code === 0 ? 0 : 1, whole_when_there_was_room: 1};
    }
  });
else test.skip("full disks", () => {});
