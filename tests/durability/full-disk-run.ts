import {spawnSync} from "node:child_process";
import {cpSync, readdirSync, statfsSync} from "node:fs";
import {join} from "node:path";

/**
 * Runs in a namespace of its own, with a small disk of memory: takes in what is in the inbox while there is no room, then again when there is. Prints what
 * came of it as JSON. Called with the folder to begin from, the place of the disk and the kilobytes that are free on it at first.
 */
const [from = "", place = "", free = ""] = process.argv.slice(2);
const root = new URL("../..", import.meta.url).pathname;

function must(command: string, ...args: string[]): void {
  const {status, stderr} = spawnSync(command, args, {encoding: "utf8"});
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

function canopy(...args: string[]) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ["--import", "tsx", "src/cli.ts", ...args, "--data", place],
    {cwd: root, encoding: "utf8", env: {...process.env, TMPDIR: "/tmp"}}
  );
  return {code: status, out: stdout, err: stderr};
}

must("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", place);
cpSync(from, place, {recursive: true});
const {blocks, bfree, bsize} = statfsSync(place);
must("mount", "-o", `remount,size=${((blocks - bfree) * bsize) / 1024 + Number(free)}k`, place);
const full = canopy("ingest");
const left = readdirSync(join(place, "snapshots"), {recursive: true, encoding: "utf8"}).filter(name =>
  name.endsWith(".tmp")
);
must("mount", "-o", "remount,size=300m", place);
const again = canopy("ingest");
const verified = canopy("verify", "--full");
process.stdout.write(JSON.stringify({full, left, again, verified}));
