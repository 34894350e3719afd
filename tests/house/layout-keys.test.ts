import {readFile} from "node:fs/promises";
import {expect, test} from "vitest";
import {z} from "zod";
import {layoutSchema} from "../../src/layouts/layout.ts";

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** Every key that a layout may have, and every word that one of them may be, however deep. */
function saidIn({properties = {}, items, anyOf = [], oneOf = [], enum: words = [], const: word}: Part): string[] {
  const below = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...anyOf, ...oneOf];
  const texts = [...words, word].filter(each => typeof each === "string" || typeof each === "number").map(String);
  return [...Object.keys(properties), ...texts, ...below.flatMap(saidIn)];
}

test("the reference of layouts names every key and every word that a layout can have", async () => {
  const readme = await readFile(new URL("../../src/layouts/README.md", import.meta.url), "utf8");
  const said = [...new Set(saidIn(z.toJSONSchema(layoutSchema, {io: "input", unrepresentable: "any"}) as Part))];
  expect(said.length).toBeGreaterThan(60);
  const isNamed = (word: string) =>
    readme.includes(`\`${word}\``) || readme.includes(`"${word}"`) || readme.includes(`${word}: `);
  expect(said.filter(word => !isNamed(word) && !["", ".", ",", " "].includes(word))).toEqual([]);
});

test("what the reference shows of layouts is JSON that a layout can say", async () => {
  const readme = await readFile(new URL("../../src/layouts/README.md", import.meta.url), "utf8");
  const shown = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => JSON.parse(`{${text}}`) as object
  );
  expect(shown.length).toBe(2);
  const every = {
    name: "x",
    description: "d",
    evidence: "e",
    feed: "estate-energy",
    clock: "local-clock",
    unit: {is: "kWh"}
  };
  const dated = {meter: {column: "MPRN", kind: "mprn"}, date: {column: "Read date", formats: ["%d/%m/%Y"]}};
  for (const layout of shown) expect(layoutSchema.safeParse({...every, ...dated, ...layout}).error).toBeUndefined();
});
