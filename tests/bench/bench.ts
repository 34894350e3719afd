import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {meterYearFile} from "./meter-year-file.ts";

/**
 * Ratios of canopy's work to the bare load of the same file: read it, build one row per meter-day, write. Each measurement is a process of its own;
 * the middle of three is kept. Ratios are printed one a line; absolute seconds differ from machine to machine and are printed beside only to be read.
 */
const meters = Number(process.argv[2] ?? 500);
const days = 365;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), "canopy-bench-"));
const worker = new URL("./worker.ts", import.meta.url).pathname;

try {
  const file = join(folder, "meters.csv");
  writeFileSync(file, meterYearFile(meters, days));
  const small = join(folder, "tenth.csv");
  writeFileSync(small, meterYearFile(meters / 10, days));
  const bare = measure("bare", file);
  const ingest = measure("ingest", file);
  const tenth = measure("ingest", small);
  const build = measure("build", file);
  const again = measure("reingest", file);
  print(
    `${meters} meters × ${days} days, ${(meters * days * 48).toLocaleString("en-GB")} half-hours; bare load ${bare.seconds.toFixed(2)} s`
  );
  print(`ingest ${ratio(ingest, bare)} bare load (aim 2×)`);
  print(`build of every model ${ratio(build, bare)} bare load (aim 6×)`);
  print(`ingest of the same file again ${ratio(again, bare)} bare load`);
  print(`ingest of ten times the meters ${ratio(ingest, tenth)} (aim 11×)`);
  print(`peak memory ${Math.max(ingest.megabytes, build.megabytes).toFixed(0)} MB (aim under 2000 MB)`);
} finally {
  rmSync(folder, {recursive: true, force: true});
}

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

function measure(what: string, file: string): Measured {
  const runs = Array.from({length: rounds}, () => {
    const out = execFileSync(process.execPath, ["--import", "tsx", worker, what, file, folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"]
    });
    return JSON.parse(out) as Measured;
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.trunc(rounds / 2)] as Measured;
}

function ratio(part: Measured, whole: Measured): string {
  return `${(part.seconds / whole.seconds).toFixed(1)}×`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
