import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {billLines} from "../../src/sources/bill-tables/bill-lines.ts";
import {csvBillElectricity, csvBillGas} from "../../src/sources/bill-tables/csv-bill.ts";
import {frameworkBill} from "../../src/sources/bill-tables/framework-bill.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {tradacoms} from "../../src/sources/tradacoms/tradacoms.ts";
import {electricityHeader, frameworkHeader, gasHeader, given, linesHeader} from "./bills-table-file.ts";

const formats = [tradacoms, csvBillElectricity, csvBillGas, billLines, frameworkBill];

describe("a file is known by its header, and by one format alone", () => {
  const knownBy = (text: string) =>
    formats.filter(format => format.isOf({fileName: "a.csv", head: text})).map(({name}) => name);
  test.each([
    ["electricity bills", electricityHeader, ["bill-csv-electricity"]],
    [
      "in their earlier names",
      electricityHeader.replace("# Bill Type", "#InvoiceType").replace("MPAN Core", "Mpans"),
      ["bill-csv-electricity"]
    ],
    ["gas bills", gasHeader, ["bill-csv-gas"]],
    ["bill lines", linesHeader, ["gas-bill-lines"]],
    ["bill lines, names without spaces", linesHeader.replaceAll(" ", ""), ["gas-bill-lines"]],
    ["a framework's bill", frameworkHeader, ["framework-consolidated-bill"]],
    [
      "a framework's bill with a title and semicolons",
      `Bill,June\r\n\r\n${frameworkHeader.replaceAll(",", ";")}`,
      ["framework-consolidated-bill"]
    ],
    ["half-hours", "MPAN,Date,00:30,01:00", []],
    ["columns moved", electricityHeader.replace("kWh,Net", "Net,kWh"), ["framework-consolidated-bill"]],
    ["nothing", "", []]
  ])("%s", (_name, header, names) => {
    expect(knownBy(`${header}\r\n1,2,3\r\n`)).toEqual(names);
    expect(knownBy(`\ufeff${header}\n`)).toEqual(names);
  });
});

describe("whatever a file holds", () => {
  const texts = fc.oneof(
    fc.string({unit: "binary", maxLength: 200}),
    fc
      .array(fc.constantFrom(",", '"', "\r", "\n", ";", "\0", "WAP", "kWh", "30/06/2026", "-", "1E9", "999999999999"), {
        maxLength: 60
      })
      .map(all => all.join(""))
  );
  test.each([
    ["electricity", csvBillElectricity, electricityHeader],
    ["gas", csvBillGas, gasHeader],
    ["lines", billLines, linesHeader],
    ["framework", frameworkBill, frameworkHeader]
  ] as [string, RecordFormat<"bill">, string][])(
    "%s: it is refused, or its records are accounted for",
    (_name, format, header) => {
      fc.assert(
        fc.property(texts, fc.boolean(), (text, hasHeader) => {
          try {
            const {rows, rejected, dropped, records} = format.parse(hasHeader ? `${header}\n${text}` : text, given);
            expect(rows.length + rejected.length + dropped).toBe(records);
          } catch (error) {
            expect(error).toBeInstanceOf(FeedError);
          }
        })
      );
    }
  );
});
