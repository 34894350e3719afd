import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {frameworkBill} from "../../src/sources/bill-tables/framework-bill.ts";
import {csv, frameworkHeader, given} from "./bills-table-file.ts";

describe("a framework's consolidated bill", () => {
  const row =
    "A1,Bell Lane Depot,1600000000010,F100,02/07/2026,01/06/2026,30/06/2026,A,1204,12.30,9.33,301.00,60.20,361.20";
  const read = (...rows: string[]) => frameworkBill.parse(csv([frameworkHeader, ...rows]), given);
  const changed = (from: string, to: string) => row.replace(from, to);

  test("a row for each meter, after a title and before the totals", () => {
    const text = csv(["Consolidated bill,,", "", frameworkHeader, row, ",Total,,,,,,,1204,,,,,361.20"]);
    expect(frameworkBill.parse(text, given)).toEqual({
      rows: [
        {
          line: 4,
          bill_id: "framework/F100",
          account: "A1",
          kind: "normal",
          issued_on: "2026-07-02",
          meter: "1600000000010",
          first_date: "2026-06-01",
          last_date: "2026-06-30",
          quantity: "1204",
          unit: "kWh",
          is_estimated: false,
          net_gbp: "301.00",
          vat_gbp: "60.20",
          gross_gbp: "361.20"
        }
      ],
      rejected: [],
      dropped: 1,
      records: 2,
      issued: null
    });
  });

  test.each([
    ["estimated", changed(",A,1204", ",Estimated,1204"), {is_estimated: true}],
    ["of no read type", changed(",A,1204", ",,1204"), {is_estimated: true}],
    [
      "a credit in brackets",
      changed("1204,12.30,9.33,301.00,60.20,361.20", "(1204),,,(301.00),(60.20),(£361.20)"),
      {kind: "credit", quantity: "-1204", gross_gbp: "-361.20"}
    ],
    ["a thousand with its comma", changed("1204", '"1,204.5"'), {quantity: "1204.5"}],
    ["a date with the month in letters", changed("30/06/2026", "30-Jun-26"), {last_date: "2026-06-30"}]
  ])("%s", (_name, text, said) => expect(read(text).rows).toMatchObject([said]));

  test.each([
    ["no meter", changed("1600000000010", ""), "a bill names its meter"],
    ["a meter rounded", changed("1600000000010", "1.6E+12"), "a meter number is not rounded by a spreadsheet"],
    ["no invoice", changed("F100", ""), "a bill has an invoice number"],
    ["a month first", changed("30/06/2026", "06/30/2026"), "the period ends on a real date, the day first"],
    ["a spreadsheet's day number", changed("01/06/2026", "46174"), "the period begins on a real date, the day first"],
    ["turned round", changed("01/06/2026", "01/07/2026"), "a period ends on the day it begins or later"],
    ["no quantity", changed("1204", ""), "a bill has a quantity"],
    ["a quantity that is none", changed("1204", "nil"), "a quantity is a number"],
    ["no total", changed("361.20", ""), "a bill has a total"],
    ["a total that is not the sum", changed("361.20", "361.30"), "net and VAT are the total, to the penny"],
    ["a standing charge beyond the net", changed("12.30", "1230"), "standing charge and levy are within the net"]
  ])("%s", (_name, text, rule) => {
    expect(read(text)).toMatchObject({rows: [], rejected: [{line: 2, rule}], records: 1});
  });

  test("types of invoice", () => {
    const typed = (type: string) => `${row},${type}`;
    const {rows, rejected} = frameworkBill.parse(
      csv([
        `${frameworkHeader},Invoice Type`,
        ...["Invoice", "Credit Note", "Withdrawn", "Final", "Pro forma"].map(typed)
      ]),
      given
    );
    expect(rows.map(({kind, quantity, gross_gbp}) => [kind, quantity, gross_gbp])).toEqual([
      ["normal", "1204", "361.20"],
      ["credit", "-1204", "-361.20"],
      ["withdrawn", "1204", "361.20"],
      ["final", "1204", "361.20"]
    ]);
    expect(rejected).toMatchObject([{line: 6, rule: "an invoice type is known"}]);
  });

  test("day and night kWh are added, or proved by the kWh", () => {
    const header = "MPAN,Invoice,From,To,Day kWh,Night kWh,Total";
    const line = "1600000000010,F1,01/06/2026,30/06/2026,900,304,361.20";
    expect(frameworkBill.parse(csv([header, line]), given).rows).toMatchObject([{quantity: "1204", net_gbp: null}]);
    const proved = (kwh: string) => frameworkBill.parse(csv([`${header},kWh`, `${line},${kwh}`]), given);
    expect(proved("1204").rows).toHaveLength(1);
    expect(proved("1304").rejected).toMatchObject([{rule: "day and night kWh add up to the kWh, to one"}]);
    expect(frameworkBill.parse(csv([header, line.replace("304", "")]), given).rejected).toMatchObject([
      {rule: "a bill has a quantity"}
    ]);
  });

  test("unmetered supplies by charge code, and water by SPID in m³", () => {
    const unmetered = csv([
      "Charge Code,Invoice No,From,To,kWh,Total",
      "1600000000074,U1,01/06/2026,30/06/2026,40512.4,9000"
    ]);
    const water = csv([
      "SPID,Invoice No,Period From,Period To,Consumption (m³),Total (£)",
      "3012345678W11,W1,01/06/2026,30/06/2026,27,81.00"
    ]);
    expect(frameworkBill.parse(unmetered, given).rows).toMatchObject([
      {meter: "1600000000074", quantity: "40512.4", unit: "kWh"}
    ]);
    expect(frameworkBill.parse(water, given).rows).toMatchObject([
      {meter: "3012345678W11", quantity: "27", unit: "m3"}
    ]);
  });

  test.each([
    ["kWh", frameworkHeader.replace("kWh", "Units"), "line 1: the bill needs: kWh or m3"],
    [
      "from and total",
      frameworkHeader.replace(",From", ",").replace(",Total", ","),
      "line 1: the bill needs: from; total"
    ],
    ["one quantity", `${frameworkHeader},m3`, "kWh or m3, not both"],
    ["one column of each", `${frameworkHeader},MPRN`, "one column only of meter"]
  ])("a header without %s is refused by name", (_name, header, reason) => {
    expect(() => frameworkBill.parse(csv([header, row]), given)).toThrow(FeedError);
    expect(() => frameworkBill.parse(csv([header, row]), given)).toThrow(reason);
  });

  test("a header cell of two lines is one name", () => {
    const header = frameworkHeader.replace("Invoice No", '"Invoice\r\nNo"');
    expect(frameworkBill.parse(csv([header, row]), given).rows).toMatchObject([{line: 3, bill_id: "framework/F100"}]);
  });

  test("a quote that never closes takes no other row with it", () => {
    const rows = Array.from({length: 40}, (_, index) => row.replace("F100", `F${index}`));
    expect(read(row.replace("Bell", '"Bell'), ...rows).rows.length).toBeGreaterThanOrEqual(40);
  });
});
