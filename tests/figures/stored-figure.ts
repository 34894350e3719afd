import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {expect} from "vitest";

const stored = new URL("../fixtures/figures/", import.meta.url);
const output = new URL("../output/figures/", import.meta.url);

/**
 * Compares a picture with the one stored under its name. One that differs is written to tests/output/figures/NAME-changed.svg to be looked
 * at. `UPDATE_FIGURES=1` accepts what is drawn, and then the change is reviewed like any other.
 */
export function expectStored(name: string, svg: string): void {
  if (process.env.UPDATE_FIGURES === "1") write(new URL(`${name}.svg`, stored), stored, svg);
  const changed = new URL(`${name}-changed.svg`, output);
  const isSame = readStored(name) === svg;
  if (isSame) rmSync(changed, {force: true});
  else write(changed, output, svg);
  expect(isSame, `${name}: differs from the stored figure, see tests/output/figures/${name}-changed.svg`).toBe(true);
}

function write(file: URL, folder: URL, svg: string): void {
  mkdirSync(folder, {recursive: true});
  writeFileSync(file, svg);
}

function readStored(name: string): string | undefined {
  try {
    return readFileSync(new URL(`${name}.svg`, stored), "utf8");
  } catch {
    return undefined;
  }
}
