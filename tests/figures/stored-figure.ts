import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {expect} from "vitest";

const output = new URL("../output/figures/", import.meta.url);

/**
 * Compares a picture with the one accepted under its name in this folder. One that differs is written to tests/output/figures/NAME-changed.svg to be
 * looked at. `UPDATE_FIGURES=1` accepts what is drawn, and then the change is reviewed like any other.
 */
export function expectAccepted(accepted: URL, name: string, svg: string): void {
  if (process.env.UPDATE_FIGURES === "1") write(new URL(`${name}.svg`, accepted), accepted, svg);
  const changed = new URL(`${name}-changed.svg`, output);
  const isSame = readAccepted(new URL(`${name}.svg`, accepted)) === svg;
  if (isSame) rmSync(changed, {force: true});
  else write(changed, output, svg);
  expect(isSame, `${name}: differs from the accepted picture, see tests/output/figures/${name}-changed.svg`).toBe(true);
}

function write(file: URL, folder: URL, svg: string): void {
  mkdirSync(folder, {recursive: true});
  writeFileSync(file, svg);
}

function readAccepted(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
