import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {councilRegisters} from "../../src/council/registers.ts";
import {factorChecks} from "../../src/reference/factors/checks.ts";
import {emissionFactors} from "../../src/reference/factors/table.ts";
import {implausibleReadings} from "../../src/reference/implausible.ts";
import {referenceRegisters} from "../../src/reference/references.ts";
import {thresholds} from "../../src/reference/thresholds.ts";
import {landingsOf} from "../../src/sources/kind.ts";
import {kinds} from "../../src/sources/kinds.ts";

const root = new URL("../../", import.meta.url).pathname;
const names = (await readdir(join(root, "src"), {recursive: true})).filter(name => /\.(ts|sql)$/.test(name));
const texts = await Promise.all(
  names.map(async name => [`src/${name}`, await readFile(join(root, "src", name), "utf8")] as const)
);
const registers = [
  ...councilRegisters,
  ...referenceRegisters,
  implausibleReadings,
  thresholds,
  emissionFactors,
  factorChecks
];

/** Files, but those that may, in which something stands. */
const filesWith = (stands: (text: string, file: string) => boolean, but: (file: string) => boolean = () => false) =>
  texts.filter(([file, text]) => !but(file) && stands(text, file)).map(([file]) => file);

test("rows go into a table by one way", () => {
  // A list of texts is a parameter, not rows.
  const rows = /from_json\((?!\$\d::json, '\[\\?"varchar\\?"\]'\))/;
  expect(filesWith(text => rows.test(text))).toEqual(["src/warehouse/insert-rows.ts"]);
});

/** Columns one after another, as a header, a list of names or DDL would have them. */
const inOrder = (columns: readonly string[]) =>
  new RegExp(
    columns.map(column => `["'\\s]?${column}["']?( (varchar|integer|double|date|boolean))?`).join("\\s*,\\s*")
  );

test("no header or table of a register is written by hand", () => {
  expect(registers.length).toBeGreaterThan(20);
  // The generator of the illustrative files knows no register: it writes them, and the registers refuse another header.
  const isGenerator = (file: string) => file.startsWith("src/illustrative/");
  for (const {file, columns, table} of registers) {
    const byHand = inOrder(Object.keys(columns).slice(0, 4));
    expect(
      filesWith(
        text => byHand.test(text.replaceAll(/key: \[[^\]]*\]/g, "")),
        each => isGenerator(each) || each.endsWith(".sql")
      ),
      file
    ).toEqual([]);
    const declared = filesWith(text => text.includes(`file: "${file}"`));
    expect(declared, file).toHaveLength(1);
    if (table !== null)
      expect(
        filesWith(text => text.includes(`table: "${table}"`)),
        table
      ).toEqual(declared);
  }
  expect(filesWith(text => /create (temp )?table scratch\./.test(text))).toEqual(["src/council/register.ts"]);
});

test("the fields of a kind of record stand in its declaration, and in the history of the warehouse", () => {
  const isHome = (file: string) => file === "src/sources/kinds.ts" || file.startsWith("src/warehouse/migrations/");
  for (const kind of Object.values(kinds)) {
    const fields = Object.keys(kind.columns);
    const typed = (text: string) => fields.every(field => new RegExp(`readonly ${field}\\??:`).test(text));
    const landed = landingsOf(kind).map(({column}) => new RegExp(`\\b${column}: ?"[A-Z]`));
    const listed = (text: string) => landed.filter(column => column.test(text)).length > 2;
    const made = (text: string) => text.includes(`create table ${kind.table}`) || text.includes(`into ${kind.table}`);
    expect(
      filesWith(text => typed(text) || listed(text) || made(text), isHome),
      kind.name
    ).toEqual([]);
    expect(texts.some(([file, text]) => file === "src/sources/kinds.ts" && text.includes(`"${kind.table}"`))).toBe(
      true
    );
  }
});
