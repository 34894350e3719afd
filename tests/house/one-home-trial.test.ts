import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readThresholds} from "../../src/reference/thresholds.ts";

const root = new URL("../..", import.meta.url).pathname;

async function textsOf(folder: string, ending: RegExp): Promise<Map<string, string>> {
  const names = (await readdir(join(root, folder), {recursive: true})).filter(name => ending.test(name));
  return new Map(
    await Promise.all(
      names.map(async name => [join(folder, name), await readFile(join(root, folder, name), "utf8")] as const)
    )
  );
}

test("what is doubted is left out in one place: only the staging of meter-days reads it, and what shows it", async () => {
  const texts = await textsOf("src/models", /\.sql$/);
  const readers = [...texts].filter(([, sql]) => /ops\.(left_out|doubts)/.test(sql)).map(([name]) => name);
  expect(readers.sort()).toEqual([
    "src/models/intermediate/doubted_days.sql",
    "src/models/marts/doubts.sql",
    "src/models/staging/believed_days.sql",
    // What is left out of half-hours because it is held as a period.
    "src/models/staging/lumps.sql"
  ]);
});

test("every threshold of a doubt is a dated row, every such row is used, and no doubt holds another", async () => {
  const texts = [...(await textsOf("src/trial", /\.sql$/)).values()].join("\n");
  const named = new Set([...texts.matchAll(/threshold\('(\w+)'\)/g)].map(([, name]) => name));
  const held = (await readThresholds()).map(({threshold}) => threshold).filter(name => name.startsWith("trial_"));
  expect([...named].sort()).toEqual([...new Set(held)].sort());
});

test("each kind of doubt says what it is, which of several is gravest, when it is looked at, and has words in status", async () => {
  const words = await readFile(join(root, "src/wording/doubts.ts"), "utf8");
  for (const [name, sql] of await textsOf("src/trial/suspicions", /\.sql$/)) {
    const kind = name.replace(/^.*\/(\w+)\.sql$/, "$1");
    expect(sql, kind).toMatch(/^-- [A-Z][\s\S]*\n-- rank: \d+\n-- screen: .+\n/);
    expect(words, kind).toMatch(new RegExp(`^  ${kind}: `, "m"));
  }
});
