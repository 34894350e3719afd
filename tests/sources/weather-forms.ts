import {expect} from "vitest";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {degreeDays} from "../../src/sources/weather/degree-days.ts";
import {hadcetMonths, hadcetTotals} from "../../src/sources/weather/hadcet.ts";
import {midasDailyTemperature} from "../../src/sources/weather/midas-daily-temperature.ts";
import {openMeteoArchive} from "../../src/sources/weather/open-meteo.ts";

const formats = [openMeteoArchive, hadcetTotals, hadcetMonths, midasDailyTemperature, degreeDays];
export const given = {fileName: "", meterPointId: null};
/** A file read, its records accounted for; its figures and rules in short. */
export const parsed = (format: RecordFormat<"observation">, text: string) => {
  const file = format.parse(text, given);
  expect(file.records).toBe(file.rows.length + file.rejected.length + file.dropped);
  return {
    ...file,
    values: file.rows.map(({item, starts_at, value, status}) => [
      ...(item === "" ? [] : [item]),
      starts_at,
      value,
      status
    ]),
    rules: file.rejected.map(({line, rule}) => [line, rule])
  };
};
/** The forms of weather that know a file by its head. */
export const knownAs = (head: string) =>
  formats.filter(format => format.isOf({fileName: "", head})).map(({name}) => name);
