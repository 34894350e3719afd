import type {RecordFile} from "../record-format.ts";
import {firstLineOf} from "../text/file-start.ts";
import {eachLine} from "../text/lines.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {laGhgHeader, laGhgLines} from "./la-ghg-lines.ts";

/**
 * A release of the greenhouse gas emissions of local authorities: for every authority, year, sector, sub-sector and gas what was emitted in its
 * territory, and what of it an authority has influence on. Series `territorial_emissions` and `emissions_within_influence`; items read
 * "Domestic / Domestic Gas / CO2". The unit of each is what its heading says (kt CO2 or kt CO2e), which has changed between releases. Land use is
 * negative where it takes up more than it gives off. A figure outside an authority's influence is blank: missing, and not nought.
 *
 * A whole release is 80 MB of text and gives a million rows: of a borough it is better read by `readLaGhg`.
 */
export const desnzLaGhg = boroughFormat({
  name: "desnz-la-ghg",
  description: "Greenhouse gas emissions by local authority, year, sector, sub-sector and gas",
  evidence:
    "Headings as public code reads the release of 2005 to 2023, and the other spelling of one as in the release after it. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "desnz",
  version: 1,
  isOf: start => laGhgHeader(firstLineOf(start)) !== null,
  readLines: (lines, areaCode) => readLaGhg(lines, areaCode),
  parse: text => {
    const lines = laGhgLines(null);
    for (const line of eachLine(text)) lines.take(line);
    return lines.done();
  }
});

/**
 * The same of one area, from lines as they are read: no more than a line and the rows of the area are in memory at any time, however large the file.
 * Nothing is added up.
 *
 * @example await readLaGhg(createInterface({input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY}), "E08000007")
 * @throws FeedError where the first line has other headings, the last is cut off, or no row is of the area.
 */
export async function readLaGhg(lines: AsyncIterable<string>, areaCode: string): Promise<RecordFile<"observation">> {
  const ofArea = laGhgLines(areaCode);
  for await (const line of lines) ofArea.take(line);
  return ofArea.done();
}
