import {execFile} from "node:child_process";
import {cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {promisify} from "node:util";
import {expect, onTestFinished, test} from "vitest";
import {makeDataFolder, mpans} from "../support/data-folder.ts";

const project = new URL("../..", import.meta.url).pathname;
const run = promisify(execFile);
const guide = await readFile(join(project, ".github/CONTRIBUTING.md"), "utf8");

/** The files and the commands that the guide shows, as they are written there, by the heading they stand under. */
const sections = new Map(
  guide
    .split(/^## /m)
    .slice(1)
    .map(section => {
      const blocks = [...section.matchAll(/<!-- (file: (\S+)|run) -->\n```\w*\n([\s\S]*?)```/g)];
      const files = blocks.flatMap(([, , path, text]) => (path === undefined ? [] : [{path, text: text ?? ""}]));
      const commands = blocks.flatMap(([, , path, text]) =>
        path === undefined ? (text ?? "").trim().split("\n") : []
      );
      return [section.split("\n")[0] ?? "", {files, commands}] as const;
    })
);

/** A copy of the project that may be changed, with the libraries of this one. */
async function copied(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "canopy-copy-"));
  onTestFinished(() => rm(home, {recursive: true, force: true}));
  const parts = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "src",
    "pipelines",
    "notebooks",
    "tests",
    "data/reference",
    "data/council",
    ".github"
  ];
  for (const part of parts)
    await cp(join(project, part), join(home, part), {recursive: true, filter: path => !path.includes("tests/output")});
  await symlink(join(project, "node_modules"), join(home, "node_modules"));
  return home;
}

async function follow(home: string, heading: string, names: Readonly<Record<string, string>>): Promise<string[]> {
  const {files = [], commands = []} = sections.get(heading) ?? {};
  expect(files.length, heading).toBeGreaterThan(0);
  for (const {path, text} of files) {
    await mkdir(dirname(join(home, path)), {recursive: true});
    await writeFile(join(home, path), text);
  }
  const said: string[] = [];
  for (const command of commands) {
    const filled = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), command);
    said.push((await run("sh", ["-c", filled], {cwd: home, maxBuffer: 1 << 26})).stdout);
  }
  return said;
}

const half = (kwh: number) => Array.from({length: 48}, () => kwh);
const labels = Array.from(
  {length: 48},
  (_, slot) => `kWh ${String(slot >> 1).padStart(2, "0")}:${slot % 2 === 0 ? "00" : "30"}`
);

test("a figure, a mart, a layout and a command are added as the guide says, each by its own files alone, and they work", async () => {
  const home = await copied();
  const data = await makeDataFolder([{id: mpans[0]}, {id: mpans[1]}]);
  const file = join(data, "brightwell.csv");
  await writeFile(
    file,
    [["Supply", "Day", ...labels].join(), [mpans[0], "01/06/2026", ...half(0.5)].join(), ""].join("\n")
  );
  const names = {DATA: data, FILE: file};

  const [, marts = ""] = await follow(home, "A mart", names);
  expect(marts.replaceAll(/\s+/g, " ")).toContain("town-hall 2");

  const [layout = ""] = await follow(home, "A supplier's layout", names);
  expect(layout).toContain("24");
  await run("sh", ["-c", `npm run --silent canopy -- ingest --file ${file} --layout brightwell-days --data ${data}`], {
    cwd: home
  });
  await run("sh", ["-c", `npm run --silent canopy -- build --data ${data}`], {cwd: home});

  const [command = ""] = await follow(home, "A command", names);
  expect(command.replaceAll(/\s+/g, " ")).toContain("town-hall 2");

  const [, compared = ""] = await follow(home, "A figure", names);
  expect(compared).toMatch(/[1-9]\d* passed/);
  const accepted = await readdir(join(home, "src/figures/meters-by-energy/accepted"));
  expect(accepted).toHaveLength(3);
  const picture = await readFile(join(data, "published/figures/meters-by-energy.svg"), "utf8");
  expect(picture).toContain("Most meters are of electricity");
});
