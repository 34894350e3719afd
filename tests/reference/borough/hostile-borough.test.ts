import {expect, test} from "vitest";
import {CheckError} from "../../../src/errors.ts";
import {readBorough} from "../../../src/reference/borough/borough-emissions.ts";

const emissionsHeader =
  "area_code,area_name,year,sector,subsector,statistic,release,published,emissions_kt_co2,emissions_kt_co2e,is_total,source,licence";
const releasesHeader =
  "statistic,release,name,publisher,what_is_measured,gases,boundary,published,is_measure_of_target,why_not,source";
const total = "E01234567,Anytown,2010,Domestic,,some_co2,2005-2020,2022-06,3,,true,somewhere,OGL-UK-3.0";
const part = total.replace("Domestic,,", "Domestic,Gas,").replace("true", "false");
const release =
  "some_co2,2005-2020,some,someone,carbon dioxide,CO2,territorial,2022-06,false,it counts land use,somewhere";
const table = (...lines: readonly string[]) => lines.map(line => `${line}\n`).join("");

function verdict(emissions: readonly string[], releases: readonly string[] = [release]): string {
  try {
    const read = readBorough(table(emissionsHeader, ...emissions), table(releasesHeader, ...releases));
    return `${read.emissions.length} and ${read.releases.length}`;
  } catch (error) {
    expect(error).toBeInstanceOf(CheckError);
    return (error as Error).message;
  }
}

test("sound rows are read, with any mark, line ends and spaces", () => {
  expect(verdict([total, part])).toBe("2 and 1");
  const texts = [table(emissionsHeader, total), table(releasesHeader, release)] as const;
  for (const change of [
    (text: string) => `\ufeff${text}`,
    (text: string) => text.replaceAll("\n", "\r\n"),
    (text: string) => text.replaceAll(",", " , "),
    (text: string) => text.trimEnd()
  ])
    expect(readBorough(change(texts[0]), change(texts[1])).emissions[0]?.emissions_kt_co2).toBe(3);
});

test("a bad cell is refused by file, row, column and value", () => {
  const bad: Record<string, string> = {
    [total.replace("E01234567", "E0123456")]: "row 2, area_code: E0123456: ",
    [total.replace("Anytown", "")]: "row 2, area_name: (nothing): ",
    [total.replace(",2010,", ",10,")]: "row 2, year: 10: ",
    [total.replace(",2010,", ",2021,")]: "row 2, year: 2021: not a year that the release describes",
    [total.replace(",2010,", ",2004,")]: "row 2, year: 2004: not a year that the release describes",
    [total.replace("some_co2", "Some CO2")]: "row 2, statistic: Some CO2: ",
    [total.replace("2005-2020", "2005-20")]: "row 2, release: 2005-20: ",
    [total.replace("2005-2020", "2005-2020 edition")]: "row 2, release: 2005-2020 edition: ",
    [total.replace("2022-06", "June 2022")]: "row 2, published: June 2022: ",
    [total.replace(",3,,", ",,,")]: "row 2, emissions_kt_co2: (nothing): one of emissions_kt_co2 and",
    [total.replace(",3,,", ",3,3,")]: "row 2, emissions_kt_co2: 3: one of emissions_kt_co2 and",
    [total.replace(",3,,", ',"1,115.0",,')]: "row 2, emissions_kt_co2: 1,115.0: ",
    [total.replace(",3,,", ",0x10,,")]: "row 2, emissions_kt_co2: 0x10: ",
    [total.replace(",3,,", ",Infinity,,")]: "row 2, emissions_kt_co2: Infinity: ",
    [total.replace(",3,,", ",[x],,")]: "row 2, emissions_kt_co2: [x]: ",
    [total.replace("true", "TRUE")]: "row 2, is_total: TRUE: ",
    [total.replace("true", "false")]: "row 2, is_total: false: a total has no subsector",
    [part.replace("false", "true")]: "row 2, is_total: true: a total has no subsector",
    [part.replace("Domestic", "All sectors")]: "row 2, subsector: Gas: all sectors have no subsector",
    [total.replace("somewhere", "")]: "row 2, source: (nothing): "
  };
  for (const [row, expected] of Object.entries(bad))
    expect(verdict([row]), row).toMatch(`borough-emissions.csv, ${expected}`);
});

test("a table without rows is refused", () => {
  expect(verdict([])).toBe("borough-emissions.csv: no rows");
  expect(verdict([total], [])).toBe("borough-releases.csv: no rows");
  expect(() => readBorough("", "")).toThrow("borough-emissions.csv, row 1: the header lacks area_code");
});

test("a row of another width or a column of another name is refused", () => {
  expect(verdict([`${total},more`])).toMatch(/^borough-emissions\.csv: /);
  expect(() => readBorough(table(emissionsHeader.replace("licence", "license"), total), "")).toThrow(
    "borough-emissions.csv, row 1: the header lacks licence"
  );
  expect(() => readBorough(table(`${emissionsHeader},remark`, `${total},`), "")).toThrow(
    "borough-emissions.csv, row 1: the header has what it should not: remark"
  );
});

test("a row or a release that stands twice is refused", () => {
  expect(verdict([total, total.replace(",3,,", ",4,,")])).toBe(
    "borough-emissions.csv, row 3: a figure stands twice: E01234567, 2010, Domestic, , some_co2, 2005-2020"
  );
  expect(verdict([total], [release, release])).toBe(
    "borough-releases.csv, row 3: a release stands twice: some_co2, 2005-2020"
  );
});

test("a figure of a release that is not described, or of another date or gas, is refused", () => {
  expect(verdict([total.replace("2005-2020", "2005-2019")])).toMatch(/row 2, release: some_co2 2005-2019: /);
  expect(verdict([total.replace("2022-06", "")])).toMatch(/row 2, published: \(nothing\): .* has 2022-06$/);
  expect(verdict([total.replace(",3,,", ",,3,")])).toBe(
    "borough-emissions.csv, row 2, emissions_kt_co2e: 3: the gases of some_co2 2005-2020 are CO2"
  );
  expect(verdict([total], [release.replace(",CO2,", ",CO2 CH4 N2O,")])).toMatch(/row 2, emissions_kt_co2: 3: /);
});

test("a release may not claim to be the measure of the target, nor leave out why it is not", () => {
  expect(verdict([total], [release.replace("false", "true")])).toBe(
    "borough-releases.csv, row 2, is_measure_of_target: true: no borough statistic in hand is the measure of the target"
  );
  expect(verdict([total], [release.replace("it counts land use", "")])).toMatch(/row 2, why_not: \(nothing\): /);
  expect(verdict([total], [release.replace("territorial", "everywhere")])).toMatch(/row 2, boundary: everywhere: /);
  expect(verdict([total], [release.replace(",CO2,", ",CO2e,")])).toMatch(/row 2, gases: CO2e: /);
});

test("one code with two names is refused", () => {
  expect(verdict([total, total.replace("2010", "2011").replace("Anytown", "Othertown")])).toBe(
    "borough-emissions.csv, row 3, area_name: Othertown: E01234567 is Anytown"
  );
});

test("parts that do not sum to their total are refused, and parts without one", () => {
  expect(verdict([total, part.replace(",3,,", ",2.9,,")])).toBe(
    "borough-emissions.csv, row 2, emissions_kt_co2: 3: the parts of Domestic sum to 2.9"
  );
  expect(verdict([part])).toBe("borough-emissions.csv, row 2, subsector: Gas: Domestic has no total");
  const all = total.replace("Domestic", "All sectors");
  expect(verdict([all, total])).toBe("2 and 1");
  expect(verdict([all, total, total.replace("Domestic", "Transport")])).toMatch(
    /row 2, emissions_kt_co2: 3: the parts of All sectors sum to 6$/
  );
  const parts = [part.replace(",3,,", ",0.1,,"), part.replace("Gas", "Coal").replace(",3,,", ",0.2,,")];
  expect(verdict([total.replace(",3,,", ",0.3,,"), ...parts])).toBe("3 and 1");
});

test("a net sink is read as negative, and nought as nought", () => {
  const sink = total.replace("Domestic", "Land use").replace(",3,,", ",-1.5,,");
  const {emissions} = readBorough(
    table(emissionsHeader, sink, total.replace(",3,,", ",0.0,,")),
    table(releasesHeader, release)
  );
  expect(emissions.map(row => row.emissions_kt_co2)).toEqual([-1.5, 0]);
});
