import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {billLines} from "../../src/sources/bill-tables/bill-lines.ts";
import {csv, given, linesHeader} from "./bills-table-file.ts";

describe("gas bills by charge line", () => {
  const line = (bill: string, charge: string, rest: string) =>
    `Ambridge MBC,600,9100000002,${bill},02/07/2026,June 2026,${charge},${rest}`;
  const june = "01/06/2026,30/06/2026";
  const wap = (bill: string, kwh: string, total: string) =>
    line(bill, "WAP", `${june},${kwh},kWh,4.125,p/kWh,${total}`);
  const standing = (bill: string) => line(bill, "Standing Charge", `${june},30,days,210,Pence,63.00`);
  const vat = (bill: string, amount: string) => line(bill, "VAT", `${june},,,,,${amount}`);
  const read = (...lines: string[]) => billLines.parse(csv([linesHeader, ...lines]), given);

  test("8,000 kWh at 4.125 pence are £330.00; with £63.00 and VAT of £78.60 the bill is £471.60", () => {
    expect(read(wap("B1", "8000", "330.00"), standing("B1"), vat("B1", "78.60"))).toEqual({
      rows: [
        {
          line: 2,
          bill_id: "bgs/B1",
          account: "600",
          kind: "normal",
          issued_on: "2026-07-02",
          meter: "9100000002",
          first_date: "2026-06-01",
          last_date: "2026-06-30",
          quantity: "8000",
          unit: "kWh",
          is_estimated: false,
          net_gbp: "393.00",
          vat_gbp: "78.60",
          gross_gbp: "471.60"
        }
      ],
      rejected: [],
      dropped: 0,
      records: 1,
      issued: null
    });
  });

  test.each(["8000", "-8000"])("a credit of %s kWh is negative, with VAT that no line gives not known", kwh => {
    expect(read(wap("CR1", kwh, "-330.00")).rows).toMatchObject([
      {kind: "credit", quantity: "-8000", net_gbp: "-330.00", vat_gbp: null, gross_gbp: null}
    ]);
  });

  test("two periods on one bill are two rows, with the amounts once", () => {
    const july = line("B1", "WAP", "01/07/2026,31/07/2026,4000,kWh,4.125,p/kWh,165.00");
    expect(read(wap("B1", "8000", "330.00"), july, wap("B1", "800", "33.00")).rows).toMatchObject([
      {quantity: "8800", first_date: "2026-06-01", net_gbp: "528.00"},
      {quantity: "4000", first_date: "2026-07-01", net_gbp: null}
    ]);
  });

  test("a bill without consumption is dropped", () =>
    expect(read(standing("B2"))).toMatchObject({rows: [], dropped: 1, records: 1}));

  test.each([
    [
      "a price that is not the total",
      wap("B1", "8000", "33.00"),
      "quantity at its price in pence is the total, to the penny"
    ],
    ["a commodity in days", line("B1", "WAP", `${june},30,days,,,1.00`), "a commodity line (WAP) is of kWh"],
    ["a commodity without a quantity", line("B1", "WAP", `${june},,kWh,,,1.00`), "a commodity line (WAP) is of kWh"],
    [
      "a date that is none",
      line("B1", "WAP", "31/06/2026,30/06/2026,1,kWh,,,1.00"),
      "a charge period is of real dates"
    ],
    [
      "a period turned round",
      line("B1", "WAP", "30/06/2026,01/06/2026,1,kWh,,,1.00"),
      "a charge period ends on the day it begins or later"
    ],
    ["a total that is none", wap("B1", "8000", "n/a"), "a line has a total in pounds"],
    ["no bill", wap("", "8000", "330.00"), "a line has the number of its bill"]
  ])("%s", (_name, text, rule) => {
    const {rows, rejected} = read(text, wap("B9", "8000", "330.00"));
    expect(rows.map(({bill_id}) => bill_id)).toEqual(["bgs/B9"]);
    expect(rejected).toMatchObject([{line: 2, rule}]);
  });

  test("a line that cannot be read leaves its bill without rows", () => {
    const {rows, rejected, dropped} = read(
      wap("B1", "8000", "330.00"),
      line("B1", "Metering", `${june},1,days,1,Pence,?`)
    );
    expect([rows, rejected.length, dropped]).toEqual([[], 1, 0]);
  });

  test("a column that is not there is named", () => {
    const text = csv([linesHeader.replace("QUnit,", "")]);
    expect(() => billLines.parse(text, given)).toThrow("line 1: no single column is named: qunit");
    expect(() => billLines.parse("", given)).toThrow(FeedError);
  });
});
