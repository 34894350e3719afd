import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {type Counts, type Proved, readProved, recordPath} from "./proof.ts";

/** More counts than fit beside one another are told below one another, of all parts together. */
const MOST_COLUMNS = 12;

/** `npm run prove -- NAME [--again]`: every part of a proof, as a table. Without a name: which proofs there are. */
const root = new URL("../..", import.meta.url).pathname;
const [name, again] = process.argv.slice(2);
const proofs = new Map(
  readdirSync(join(root, "tests"), {recursive: true, encoding: "utf8"})
    .filter(file => file.endsWith(".test.ts"))
    .flatMap(file => {
      const names = readFileSync(join(root, "tests", file), "utf8").matchAll(/^\s*defineProof\("([^"]+)"/gm);
      return [...names].map(([, proof = ""]) => [proof, file] as const);
    })
);
const file = proofs.get(name ?? "");
if (name === undefined || file === undefined) {
  process.stdout.write(
    `which: npm run prove -- NAME [--again]\n${[...proofs.keys()]
      .sort()
      .map(each => `  ${each}\n`)
      .join("")}`
  );
  process.exit(2);
}
if (again === "--again") rmSync(recordPath(name), {force: true});
const {status} = spawnSync(
  "npx",
  ["vitest", "run", "--config", "tests/vitest.config.ts", join("tests", file), "-t", `${name}: part`],
  {cwd: root, stdio: "inherit", env: {...process.env, CANOPY_PROVE: name}}
);
process.stdout.write(`\n${tableOf(readProved(name))}\n`);
process.exit(status ?? 1);

function tableOf(proved: readonly Proved[]): string {
  const names = [...new Set(proved.flatMap(({counts}) => Object.keys(counts)))];
  const all = (name: string) => proved.reduce((total, {counts}) => total + (counts[name] ?? 0), 0);
  if (names.length > MOST_COLUMNS) {
    const lines = names.sort().map(name => `${name}: ${all(name)}`);
    return [`${proved.length} parts`, ...lines].join("\n");
  }
  const header = ["part", "seed", "seconds", ...names];
  const cells = (counts: Counts) => names.map(each => String(counts[each] ?? 0));
  const rows = proved.map(({part, seed, seconds, counts}) => [
    String(part),
    String(seed),
    seconds.toFixed(1),
    ...cells(counts)
  ]);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const totals = Object.fromEntries(names.map(each => [each, sum(proved.map(({counts}) => counts[each] ?? 0))]));
  const total = ["all", "", sum(proved.map(({seconds}) => seconds)).toFixed(1), ...cells(totals)];
  const table = [header, ...rows, total];
  const widths = header.map((_, column) => Math.max(...table.map(row => row[column]?.length ?? 0)));
  return table.map(row => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ")).join("\n");
}
