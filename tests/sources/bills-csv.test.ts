import {describe, expect, test} from "vitest";
import {csvBillElectricity, csvBillGas} from "../../src/sources/bill-tables/csv-bill.ts";
import {csv, electricityHeader, gasHeader, given} from "./bills-table-file.ts";

describe("electricity bills as CSV", () => {
  const bill = (cells: Partial<Record<number, string>> = {}, reads: readonly string[] = []) => {
    const whole = [
      "N",
      "701234",
      "16 0000 0000 074",
      "INV9",
      "2026-07-02 00:00",
      "2026-06-01 00:00",
      "2026-06-30 23:30",
      "1,044.5",
      "208.90",
      "41.78",
      "250.68",
      "{}"
    ];
    return [...whole.map((cell, index) => cells[index] ?? cell), ...reads].map(cell => `"${cell}"`).join(",");
  };
  const read = (...bills: string[]) => csvBillElectricity.parse(csv([electricityHeader, ...bills]), given);

  test("the finish is the last day", () => {
    expect(read(bill())).toEqual({
      rows: [
        {
          line: 2,
          bill_id: "701234/INV9",
          account: "701234",
          kind: "normal",
          issued_on: "2026-07-02",
          meter: "16 0000 0000 074",
          first_date: "2026-06-01",
          last_date: "2026-06-30",
          quantity: "1044.5",
          unit: "kWh",
          is_estimated: false,
          net_gbp: "208.90",
          vat_gbp: "41.78",
          gross_gbp: "250.68"
        }
      ],
      rejected: [],
      dropped: 0,
      records: 1,
      issued: null
    });
    expect(read(bill({6: "2026-06-30"})).rows[0]?.last_date).toBe("2026-06-30");
  });

  const meterRead = (previous: string, present: string) => [
    "Z1",
    "16 0000 0000 074",
    "1",
    "kWh",
    "00001",
    "2026-05-31 23:30",
    "1",
    previous,
    "2026-06-30 23:30",
    "2",
    present
  ];

  test.each([
    ["both actual", meterRead("N", "C"), false],
    ["the present estimated", meterRead("N", "E"), true],
    ["the previous estimated", meterRead("EM", "N"), true],
    ["of no type", meterRead("", "N"), true],
    ["the second read's", [...meterRead("N", "N"), ...meterRead("N", "E3")], true],
    ["no read", ["", "", "", "", "", "", "", "", "", "", ""], false],
    ["the later form", ["element", "nrg", "", "", "", "{}", "read", ...meterRead("N", "E")], true],
    ["the later form, actual", ["read", ...meterRead("N", "N"), "element", "E", "E", "E", "E", "E"], false]
  ])("reads: %s", (_name, reads, isEstimated) => {
    expect(read(bill({}, reads)).rows[0]?.is_estimated).toBe(isEstimated);
  });

  test("a withdrawn bill is as billed, a credit negative, a final bill final", () => {
    const amounts = {7: "-1044.5", 8: "-208.90", 9: "-41.78", 10: "-250.68"};
    expect(read(bill({0: "W", ...amounts}), bill(amounts), bill({0: "F"})).rows).toMatchObject([
      {kind: "withdrawn", quantity: "1044.5", net_gbp: "208.90", vat_gbp: "41.78", gross_gbp: "250.68"},
      {kind: "credit", quantity: "-1044.5", net_gbp: "-208.90", vat_gbp: "-41.78", gross_gbp: "-250.68"},
      {kind: "final", quantity: "1044.5"}
    ]);
  });

  test.each([
    ["a type there is not", {0: "X"}, "a bill is normal, final or withdrawn: N, F, W"],
    ["no reference", {3: ""}, "a bill has a reference"],
    ["a meter number rounded", {2: "1.6E+12"}, "a meter number is not rounded by a spreadsheet"],
    ["a date that is none", {5: "2026-06-31"}, "the start is a real date, YYYY-MM-DD"],
    ["a finish before the start", {6: "2026-05-31"}, "a period finishes on the day it starts or later"],
    ["no kWh", {7: ""}, "a bill has a number of kWh"],
    ["kWh with an exponent", {7: "1E3"}, "a bill has a number of kWh"],
    ["no VAT", {9: ""}, "net, VAT and gross are numbers"],
    ["a gross that is not the sum", {10: "250.70"}, "net and VAT are the gross, to the penny"],
    ["a name for a number", {7: "Northgate"}, "a bill has a number of kWh"]
  ])("%s", (_name, cells, rule) => {
    const {rows, rejected, records} = read(bill(cells), bill());
    expect([rows.length, records]).toEqual([1, 2]);
    expect(rejected).toMatchObject([{line: 2, rule}]);
    expect(rejected[0]?.value).not.toContain("Northgate");
  });

  test("line ends, blank lines and comments make no difference", () => {
    const lines = [electricityHeader, "# a comment", "", bill(), ",,,", bill({3: "INV10"})];
    const rowsOf = (newline: string) => csvBillElectricity.parse(`\ufeff${csv(lines, newline)}`, given).rows;
    expect(rowsOf("\r\n").map(({line, bill_id}) => [line, bill_id])).toEqual([
      [4, "701234/INV9"],
      [6, "701234/INV10"]
    ]);
    expect([rowsOf("\n"), rowsOf("\r")]).toEqual([rowsOf("\r\n"), rowsOf("\r\n")]);
  });
});

test("gas bills as CSV: the finish at midnight is the last day, and either read may be an estimate", () => {
  const bill = (type: string) =>
    `8801,9100000001,N,halls,2025-11-01 00:00,2025-09-01 00:00,2025-09-30 00:00,4512,90.24,18.05,108.29,"{""gas_gbp"": 90}",Z9,M3,1.02264,39.3,2025-09-01 00:00,1,A,2025-10-01 00:00,2,${type}`;
  expect(csvBillGas.parse(csv([gasHeader, bill("A"), bill("E")]), given).rows).toMatchObject([
    {
      bill_id: "halls/8801",
      meter: "9100000001",
      first_date: "2025-09-01",
      last_date: "2025-09-30",
      quantity: "4512",
      is_estimated: false,
      gross_gbp: "108.29"
    },
    {is_estimated: true}
  ]);
});
