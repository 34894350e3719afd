import {readdir, readFile} from "node:fs/promises";
import {expect, test} from "vitest";
import {readLayouts} from "../../src/layouts/library.ts";

const root = new URL("../../src/", import.meta.url).pathname;
const texts = async (ending: RegExp) => {
  const names = (await readdir(root, {recursive: true})).filter(name => ending.test(name)).sort();
  return Promise.all(names.map(async name => [name, await readFile(`${root}${name}`, "utf8")] as const));
};
const homesOf = async (ending: RegExp, pattern: RegExp) =>
  (await texts(ending)).filter(([, text]) => pattern.test(text)).map(([name]) => name);

/** Services that canopy asks for half-hours, by the start of the names of the layouts of their answers. */
const asked = ["n3rgy-", "octopus-", "glowmarkt-", "perse-realtime", "solaredge", "enphase", "fronius"];

test("answers of services correct by coming again, and the evidence says so; no other layout does without saying", async () => {
  const layouts = [...(await readLayouts("nowhere")).values()];
  const correcting = layouts.filter(({resends}) => resends === "corrects");
  expect(layouts.filter(({name}) => asked.some(start => name.startsWith(start)))).toEqual(correcting);
  for (const {evidence} of correcting) expect(evidence).toContain("what the service answers last is right");
});

test("a decision has one home, and so has the question which of two loads is right", async () => {
  expect(await homesOf(/\.(ts|sql)$/, /insert into ops\.decisions/)).toEqual([
    "ingest/ledger.ts",
    "warehouse/migrations/005-identity.sql"
  ]);
  expect(await homesOf(/\.sql$/, /is_conflict,\n/)).toEqual(["models/intermediate/contradictions.sql"]);
});
