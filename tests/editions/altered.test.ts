import {mkdir, rm, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {verifyEdition} from "../../src/editions/verify.mjs";
import {type Counts, defineProof} from "../prove/proof.ts";
import {dishonestEdit, filesIn, flipBit, withChanged} from "./altered.ts";
import {edition, smallCouncil} from "./council.ts";

/**
 * An edition with one bit flipped, and with dishonest edits of which each fifth covers its tracks by working the manifest out anew: each is named by the checker
 * that stands alone, with the folder and the printed check value. The large form flips 2,000 bits and makes 500 edits.
 */
defineProof("altered-editions", {
  parts: {small: 1, whole: 10},
  prove: part => proveAltered(part)
});

const bitsOfPart = 200;
const editsOfPart = 50;

async function proveAltered(part: number): Promise<Counts> {
  const {place, checkValue} = await edition(await smallCouncil(), "autumn");
  const files = await filesIn(place);
  const seen = {bits: 0, edits: 0, "manifests worked out anew": 0};
  const numbers = (many: number) => Array.from({length: many}, (_, index) => (part - 1) * many + index);
  for (const number of numbers(bitsOfPart)) {
    const {altered, file, bytes} = flipBit(files, number);
    const {faults} = await withChanged(place, files, new Map([[file, bytes]]), () => verifyEdition(place, checkValue));
    expect(
      faults.map(fault => fault.file),
      `${altered.what} of ${file}`
    ).toContain(altered.files[0]);
    seen.bits += 1;
  }
  for (const number of numbers(editsOfPart)) {
    const {changed, altered} = dishonestEdit(files, number);
    const [blind, told] = await withChanged(place, files, changed, async () => [
      await verifyEdition(place),
      await verifyEdition(place, checkValue)
    ]);
    expect(
      told?.faults.map(fault => fault.file),
      altered.what
    ).toContain(altered.files[0]);
    // One that works the manifest out anew is a whole edition of its own: only the printed value tells.
    if (altered.needsPrint === true) expect(blind?.faults, altered.what).toEqual([]);
    else expect(blind?.faults.length, altered.what).toBeGreaterThan(0);
    seen.edits += 1;
    seen["manifests worked out anew"] += altered.needsPrint === true ? 1 : 0;
  }
  expect((await verifyEdition(place, checkValue)).faults).toEqual([]);
  return seen;
}

test("files that were added, are links, or lie outside, and a manifest that is none, are named", async () => {
  const {place, checkValue} = await edition(await smallCouncil(3), "autumn");
  const named = async () => (await verifyEdition(place, checkValue)).faults.map(({file, what}) => `${file}: ${what}`);
  await writeFile(join(place, "public", "tables", "more.csv"), "a\n1\n");
  expect(await named()).toEqual(["tables/more.csv: not of the edition"]);
  await rm(join(place, "public", "tables", "more.csv"));
  await symlink("/etc/hostname", join(place, "public", "figures", "link.svg"));
  expect(await named()).toEqual(["figures/link.svg: not of the edition"]);
  await rm(join(place, "public", "figures", "link.svg"));
  await rm(join(place, "public", "tables", "reporting_years.csv"));
  await mkdir(join(place, "public", "tables", "reporting_years.csv"));
  expect(await named()).toEqual(["tables/reporting_years.csv: missing"]);
  const hostile = {canopy_edition: 1, files: [{path: "../../council/sites.csv", sha256: "0".repeat(64)}], marts: []};
  for (const text of ["", "{", "[]", "null", JSON.stringify(hostile), JSON.stringify({...hostile, files: []})]) {
    await writeFile(join(place, "public", "manifest.json"), text);
    expect(await named()).toContain("manifest.json: cannot be read as the manifest of an edition");
  }
  await rm(join(place, "public", "manifest.json"));
  expect(await named()).toEqual(["manifest.json: missing"]);
});
