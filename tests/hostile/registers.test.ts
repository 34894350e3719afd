import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readRegisters} from "../../src/council/registers.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";

const [mpan] = mpans;
const siteHeader = "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days";
const meterHeader = "meter_point_id,site_id,energy,known_as,valid_from,valid_to";
const site = "town-hall,Town Hall,office,1000,08:00,18:00,Mon-Fri";
const meter = `${mpan},town-hall,electricity,,,`;
const table = (...lines: string[]) => lines.map(line => `${line}\n`).join("");
const sites = table(siteHeader, site);
const meters = table(meterHeader, meter);

interface Written {
  readonly sites?: string | Uint8Array;
  readonly meters?: string | Uint8Array;
}

async function verdict(folder: string, written: Written): Promise<string> {
  await writeFile(join(folder, "council", "sites.csv"), written.sites ?? sites);
  await writeFile(join(folder, "council", "meter-points.csv"), written.meters ?? meters);
  return readRegisters(folder).then(
    registers => registers.sites.map(({name}) => name).join(),
    error => `${(error as Error).name}: ${(error as Error).message.replaceAll(`${folder}/council/`, "")}`
  );
}

test("registers are read with any mark, line ends, quotes and blank lines", async () => {
  const folder = await makeDataFolder();
  for (const change of [
    (text: string) => text,
    (text: string) => `\ufeff${text}`,
    (text: string) => text.replaceAll("\n", "\r\n"),
    (text: string) => text.replaceAll("\n", "\n\n"),
    (text: string) => text.trimEnd(),
    (text: string) => text.replaceAll(",", " , ")
  ])
    expect(await verdict(folder, {sites: change(sites), meters: change(meters)})).toBe("Town Hall");
});

test("a bad row is refused by file, row, column and value", async () => {
  const folder = await makeDataFolder();
  const badSites: Record<string, RegExp> = {
    [site.replace("town-hall", "__proto__")]: /^CheckError: sites\.csv, row 2, site_id: __proto__: /,
    [site.replace("town-hall", "../../etc/passwd")]: /row 2, site_id: \.\.\/\.\.\/etc\/passwd: /,
    [site.replace("town-hall", "a b")]: /row 2, site_id: a b: /,
    [site.replace("Town Hall", "")]: /row 2, name: \(nothing\): /,
    [site.replace("1000", '"1,000"')]: /row 2, floor_area_m2: 1,000: /,
    [site.replace("1000", "1_000")]: /row 2, floor_area_m2: 1_000: /,
    [site.replace("1000", "-5")]: /row 2, floor_area_m2: -5: /,
    [site.replace("1000", "1e400")]: /row 2, floor_area_m2: 1e400: /,
    [site.replace("08:00", "8:00")]: /row 2, opens_at: 8:00: /,
    [site.replace("08:00", "08:15")]: /row 2, opens_at: 08:15: /,
    [site.replace("18:00", "07:00")]: /row 2, closes_at: 07:00: closes_at is not after opens_at/,
    [site.replace("18:00", "")]: /row 2, closes_at: \(nothing\): opens_at, closes_at and open_days go together/,
    [site.replace("Mon-Fri", "Weekdays")]: /row 2, open_days: Weekdays: /,
    [`${site},x`]: /sites\.csv: .*line 2/,
    [site.replace(",Mon-Fri", "")]: /sites\.csv: .*line 2/,
    [site.replace("Town Hall", '"Town Hall')]: /sites\.csv: .*line 2/,
    [site.replaceAll(",", ";")]: /sites\.csv: .*line 2/
  };
  for (const [row, message] of Object.entries(badSites))
    expect(await verdict(folder, {sites: table(siteHeader, row)})).toMatch(message);
  const badMeters: Record<string, RegExp> = {
    [meter.replace(mpan, "1600000000011")]:
      /^CheckError: meter-points\.csv, row 2, meter_point_id: 1600000000011: the check digit/,
    [meter.replace(mpan, "1.6E+12")]: /row 2, meter_point_id: 1\.6E\+12: /,
    [meter.replace("electricity", "electric")]: /row 2, energy: electric: /,
    [meter.replace(",,,", ",,2026-02-31,")]: /row 2, valid_from: 2026-02-31: /,
    [meter.replace(",,,", ",,01/09/2026,")]: /row 2, valid_from: 01\/09\/2026: /,
    [meter.replace(",,,", ",,2026-02-02,2026-02-01")]: /row 2, valid_to: 2026-02-01: valid_to is before valid_from/
  };
  for (const [row, message] of Object.entries(badMeters))
    expect(await verdict(folder, {meters: table(meterHeader, row)})).toMatch(message);
});

test("the row of an error is the line of the file, below blank lines and quoted ones", async () => {
  const folder = await makeDataFolder();
  const bad = site.replace("town-hall", "a b");
  expect(await verdict(folder, {sites: table(siteHeader, site, "", "", bad)})).toMatch(/row 5, site_id: a b/);
  const twoLines = site.replace("Town Hall", '"Town\nHall"');
  expect(await verdict(folder, {sites: table(siteHeader, twoLines, bad)})).toMatch(/row 4, site_id: a b/);
});

test("what stands twice or nowhere is refused by its name", async () => {
  const folder = await makeDataFolder();
  expect(await verdict(folder, {sites: table(siteHeader, site, site)})).toMatch(
    /^CheckError: sites\.csv.*twice: town-hall/
  );
  expect(await verdict(folder, {meters: table(meterHeader, meter, meter)})).toMatch(
    /^CheckError: meter-points\.csv, row 3, meter_point_id: 16\d+: a meter is at two sites on one day$/
  );
  expect(
    await verdict(folder, {meters: table(meterHeader, meter, `${mpans[1]},town-hall,electricity,${mpan},,`)})
  ).toMatch(/row 3, a meter's name: 1600000000010: as in row 2$/);
  expect(await verdict(folder, {meters: meters.replace("town-hall", "town-hal")})).toMatch(
    /town-hal: sites\.csv has no such site$/
  );
  expect(await verdict(folder, {sites: ""})).toMatch(/^CheckError: /);
});

test("what stands twice or nowhere is refused with its row", async () => {
  const folder = await makeDataFolder();
  expect(await verdict(folder, {sites: table(siteHeader, site, site)})).toMatch(/row 3/);
  expect(await verdict(folder, {meters: meters.replace("town-hall", "town-hal")})).toMatch(/row 2/);
});

test("a header with another column, or one of them twice, is refused", async () => {
  const folder = await makeDataFolder();
  for (const [from, to] of [
    ["kind", "__proto__"],
    ["kind", "name"],
    ["kind", "Kind"],
    ["kind", "constructor"]
  ] as const)
    expect(await verdict(folder, {sites: sites.replace(from, to)})).toMatch(/^CheckError: sites\.csv/);
});

test("a register with another header is refused even where it has no rows", async () => {
  const folder = await makeDataFolder();
  for (const text of ["", "a,b\n", `${siteHeader.replaceAll(",", ";")}\n`])
    expect(await verdict(folder, {sites: text, meters: table(meterHeader)})).toMatch(/^CheckError: /);
});

test("a name in another encoding is not damaged in silence", async () => {
  const folder = await makeDataFolder();
  const text = await verdict(folder, {sites: Buffer.from(sites.replace("Town Hall", "Café"), "latin1")});
  expect(text).not.toContain("\ufffd");
});

test("a floor area is a decimal number", async () => {
  const folder = await makeDataFolder();
  expect(await verdict(folder, {sites: sites.replace("1000", "0x10")})).toMatch(/row 2, floor_area_m2: 0x10/);
});

test("a register that is not there is named", async () => {
  const folder = await makeDataFolder();
  expect(await readFile(join(folder, "council", "sites.csv"), "utf8")).toContain("site_id");
  await expect(readRegisters(join(folder, "nowhere"))).rejects.toThrow(/no such file: .*\.csv/);
});
