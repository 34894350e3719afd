import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {writeMeterFile} from "./meter-file.ts";
import {benchPages} from "./pages.ts";
import {benchRollup} from "./rollup.ts";

/**
 * Ratios of canopy's work to the bare load of the same file: read it, build one row per meter-day, write. `npm run bench -- [small|large|files|extremes|pages|rollup]`,
 * small where nothing is said. Each measurement is a process of its own; the middle of so many rounds is kept. A ratio of processor time is printed beside
 * that of the clock, since it hears less of what else the machine does. Absolute figures differ from machine to machine: they are printed only to be read.
 */
const sizes = {
  small: [{meters: 500, days: 365, rounds: 3}],
  large: [
    {meters: 500, days: 1826, rounds: 1},
    {meters: 2500, days: 365, rounds: 1}
  ]
};

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const folder = mkdtempSync(join(tmpdir(), "canopy-bench-"));
const worker = new URL("./worker.ts", import.meta.url).pathname;

try {
  const what = process.argv[2] ?? "small";
  if (what === "files") benchFiles();
  else if (what === "extremes") benchExtremes();
  else if (what === "pages") await benchPages(process.argv[3] ?? "data", print);
  else if (what === "rollup") await benchRollup(folder, print);
  else if (what === "small" || what === "large") sizes[what].forEach(benchSize);
  else throw new Error(`small, large, files, extremes, pages or rollup, not ${what}`);
} finally {
  rmSync(folder, {recursive: true, force: true});
}

function benchSize({meters, days, rounds}: (typeof sizes)["small"][number]): void {
  const [file, tenth] = [join(folder, "meters.csv"), join(folder, "tenth.csv")];
  writeMeterFile(file, meters, days);
  writeMeterFile(tenth, meters / 10, days);
  const of = (what: string, path: string, registered: number) => measure([what, path, folder, registered], rounds);
  const bare = of("bare", file, meters);
  print(`\n${meters} meters × ${days} days: ${(meters * days * 48).toLocaleString("en-GB")} half-hours`);
  printRows([
    ["", "seconds", "CPU s", "× bare", "× CPU", "peak MB", "aim"],
    rowOf("bare load", bare, bare, ""),
    rowOf("ingest", of("ingest", file, meters), bare, "2×, under 1,500 MB"),
    rowOf("the same file again", of("reingest", file, meters), bare, ""),
    rowOf("a tenth of the meters", of("ingest", tenth, meters / 10), bare, "a tenth"),
    rowOf("build of every model", of("build", file, meters), bare, "6×, under 2,000 MB"),
    rowOf("of it, analysis of buildings", of("analysis", file, meters), bare, "4×")
  ]);
}

/** Days of one meter each, as a portal that writes a file a day and a meter sends them. */
function benchFiles(): void {
  const counts = [100, 1000, 10_000];
  const measured = counts.map(count => {
    const inbox = join(folder, `files-${count}`);
    mkdirSync(inbox);
    for (let index = 0; index < count; index += 1)
      writeMeterFile(join(inbox, `meter-${String(index).padStart(4, "0")}.csv`), 1, 7, index);
    return measure(["files", inbox, folder, count], 1);
  });
  const [first] = measured as [Measured, ...Measured[]];
  const aims = ["", "11×, 30 s", "110×, under 1,500 MB"];
  printRows([
    ["", "seconds", "CPU s", "× first", "× CPU", "peak MB", "aim"],
    ...measured.map((each, index) => rowOf(`${counts[index]} small files`, each, first, aims[index] ?? ""))
  ]);
}

/** The same day of one meter thousands of times, and a file of a gigabyte. */
function benchExtremes(): void {
  const [once, file] = [join(folder, "once.csv"), join(folder, "extreme.csv")];
  writeMeterFile(once, 1, 1);
  const row = readFileSync(once, "utf8").trimEnd().split("\n").at(-1) ?? "";
  const repeats = [5000, 20_000].map(count => {
    writeFileSync(file, readFileSync(once, "utf8") + `${row}\n`.repeat(count - 1));
    return measure(["ingest", file, folder, 1], 1);
  });
  const [first, second] = repeats as [Measured, Measured];
  printRows([
    ["", "seconds", "CPU s", "× first", "× CPU", "peak MB", "aim"],
    rowOf("one day 5,000 times", first, first, ""),
    rowOf("one day 20,000 times", second, first, "4×")
  ]);
  writeMeterFile(file, 1500, 1826);
  const gigabytes = (statSync(file).size / 1e9).toFixed(2);
  const [bare, whole] = [measure(["bare", file, folder, 1500], 1), measure(["ingest", file, folder, 1500], 1)];
  printRows([
    ["", "seconds", "CPU s", "× bare", "× CPU", "peak MB", "aim"],
    rowOf("bare load", bare, bare, ""),
    rowOf(`a file of ${gigabytes} GB`, whole, bare, "2×, under 1,500 MB")
  ]);
}

function measure(given: readonly (string | number)[], rounds: number): Measured {
  const runs = Array.from({length: rounds}, () => {
    const out = execFileSync(process.execPath, ["--import", "tsx", worker, ...given.map(String)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"]
    });
    return JSON.parse(out) as Measured;
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.trunc(rounds / 2)] as Measured;
}

function rowOf(name: string, part: Measured, whole: Measured, aim: string): string[] {
  const ratio = (of: (measured: Measured) => number) => (of(part) / of(whole)).toFixed(2);
  return [
    name,
    part.seconds.toFixed(2),
    part.cpuSeconds.toFixed(2),
    ratio(({seconds}) => seconds),
    ratio(({cpuSeconds}) => cpuSeconds),
    part.megabytes.toFixed(0),
    aim
  ];
}

function printRows(rows: readonly (readonly string[])[]): void {
  for (const [name = "", ...cells] of rows)
    print(`${name.padEnd(30)}${cells.map((cell, index) => (index < 5 ? cell.padStart(9) : `  ${cell}`)).join("")}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
