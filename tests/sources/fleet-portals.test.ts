import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {bunkeredTank} from "../../src/sources/fuel-cards/bunkered-tank.ts";
import {fuelPortalExport} from "../../src/sources/fuel-cards/portal-export.ts";
import {chargePointPortal} from "../../src/sources/ocpi/cpo-portal.ts";
import {isOf, read} from "./fleet-given.ts";

const csv = (...rows: string[]) => `${rows.join("\r\n")}\r\n`;

describe("a fuel card portal's export", () => {
  const header =
    "Account,Card Number,Driver Name,Registration,Transaction Date,Transaction Time,Site,Product,Quantity,Net,VAT,Gross,Odometer";
  const drawn = "7,****0033,NOBODY,QZ38 FTS,14/05/2026,06:15,NORTH ROAD,Derv,38.75,46.83,9.36,56.19,31207";
  const wash = "7,****0033,NOBODY,QZ38FTS,14/05/2026,06:21,NORTH ROAD,Car  Wash,1,5.00,1.00,6.00,";
  const given = "7,****0041,NOBODY,SPARE 2,14/05/2026,09:00,NORTH ROAD,UNLEADED,-20.50,-24.00,-4.80,-28.80,1";
  const whole = csv(header, drawn, wash, given);

  test("each row is a transaction; what it is of is left to the product table", () => {
    expect(isOf(fuelPortalExport, whole)).toBe(true);
    const {rows, ...file} = read(fuelPortalExport, whole);
    expect(file).toEqual({rejected: [], dropped: 0, records: 3, issued: null});
    expect(rows[0]).toEqual({
      line: 2,
      transaction_id: "2026-05-14 06:15:00 NORTH ROAD DERV 38.75 #1",
      drawn_at: "2026-05-14 06:15:00",
      registration: "QZ38FTS",
      fleet_number: null,
      product_code: "DERV",
      quantity: "38.75",
      cost_gbp: "56.19",
      mileage: 31_207,
      is_credit: false
    });
    expect(rows.map(row => [row.product_code, row.quantity, row.cost_gbp, row.is_credit])).toEqual([
      ["DERV", "38.75", "56.19", false],
      ["CAR WASH", "1.00", "6.00", false],
      ["UNLEADED", "-20.50", "-28.80", true]
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/0033|NOBODY/);
  });

  test("columns are known by name: in another order, with other names and signs, below a title, between semicolons", () => {
    const other = csv(
      "Transactions of May",
      "",
      "Fuel Type;Litres;TOTAL GROSS (£);Reg. No.;Date;Time",
      "derv;38.75;£1,056.19;QZ38-FTS;14-May-2026;6:15:09"
    );
    expect(isOf(fuelPortalExport, other)).toBe(true);
    expect(read(fuelPortalExport, other).rows).toMatchObject([
      {
        line: 4,
        product_code: "DERV",
        quantity: "38.75",
        cost_gbp: "1056.19",
        drawn_at: "2026-05-14 06:15:09",
        registration: "QZ38FTS"
      }
    ]);
  });

  test("the provider's number names a transaction where there is one", () => {
    const numbered = csv(`Transaction No,${header}`, `T55,${drawn}`, `T55,${drawn}`, `T56,${drawn}`);
    const {rows, dropped} = read(fuelPortalExport, numbered);
    expect(rows.map(row => row.transaction_id)).toEqual(["T55", "T56"]);
    expect(dropped).toBe(1);
  });

  test("two alike are two, and named the same in another file", () => {
    const ids = (text: string) => read(fuelPortalExport, text).rows.map(row => row.transaction_id);
    expect(ids(csv(header, drawn, drawn))).toEqual([
      ...ids(csv(header, drawn)),
      "2026-05-14 06:15:00 NORTH ROAD DERV 38.75 #2"
    ]);
    expect(ids(csv(header, wash, drawn, drawn)).slice(1)).toEqual(ids(csv(header, drawn, drawn)));
  });

  test.each([
    ["38.75", "38.75"],
    ["(38.75)", "-38.75"],
    ["38.75-", "-38.75"],
    ["38.75 CR", "-38.75"],
    ['"1,038.75"', "1038.75"],
    ["0", "0.00"],
    ["38.755", "38.755"],
    [" .5 ", "0.50"]
  ])("the quantity %s is %s", (written, quantity) => {
    expect(read(fuelPortalExport, csv(header, drawn.replace("38.75", written))).rows[0]?.quantity).toBe(quantity);
  });

  test.each([
    ["", "the quantity is a number"],
    ["-", "the quantity is a number"],
    ['"38,75"', "the quantity is a number"],
    ["--38", "the quantity is a number"],
    ["1E999", "the quantity is a number"]
  ])("the quantity %j is rejected", (written, rule) => {
    const {rows, rejected} = read(fuelPortalExport, csv(header, drawn.replace("38.75", written)));
    expect([rows, rejected.map(reject => reject.rule)]).toEqual([[], [rule]]);
  });

  test("without gross the pounds are net and VAT together", () => {
    const net = csv("Card No,Product,Quantity,Date,Time,Net,VAT", "1,DERV,38.75,14/05/2026,06:15,46.83,9.365");
    expect(read(fuelPortalExport, net).rows[0]?.cost_gbp).toBe("56.195");
    const alone = csv("Card No,Product,Quantity,Date,Time,Net", "1,DERV,38.75,14/05/2026,06:15,46.8");
    expect(read(fuelPortalExport, alone).rows[0]?.cost_gbp).toBe("46.80");
  });

  test("a time stands beside the date or with it, and is never guessed", () => {
    const together = csv(
      "Card No,Product,Quantity,Date,Gross",
      "1,DERV,38.75,14/05/2026 06:15,9",
      "1,DERV,38.75,14/05/2026,9"
    );
    const {rows, rejected} = read(fuelPortalExport, together);
    expect(rows.map(row => row.drawn_at)).toEqual(["2026-05-14 06:15:00"]);
    expect(rejected).toEqual([{line: 3, rule: "the date and time are real ones, day first", value: "14/05/2026"}]);
    const midnight = read(fuelPortalExport, csv(header, drawn.replace("14/05/2026", "14/05/2026 00:00")));
    expect(midnight.rows[0]?.drawn_at).toBe("2026-05-14 06:15:00");
  });

  test.each(["31/06/2026", "14/05/26", "45958", "00/05/2026", ""])("the date %j is rejected", date => {
    expect(read(fuelPortalExport, csv(header, drawn.replace("14/05/2026", date))).rejected).toHaveLength(1);
  });

  test("dates with the month first put all dates in doubt", () => {
    const us = csv(header, drawn.replace("14/05/2026", "05/06/2026"), drawn.replace("14/05/2026", "05/14/2026"));
    expect(() => read(fuelPortalExport, us)).toThrow('line 3: "05/14/2026" is a date with the month first');
  });

  test("a row of another width is rejected, not shifted; a comma too many at its end is nothing", () => {
    const {rows, rejected} = read(
      fuelPortalExport,
      csv(header, `x,${drawn}`, drawn.slice(0, 40), `${drawn},,`, 'a "b')
    );
    expect(rows.map(row => row.line)).toEqual([4]);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [2, "a row has 13 cells, as the header has"],
      [3, "a row has 13 cells, as the header has"],
      [5, "a quote has its partner"]
    ]);
  });

  test("columns that are missing are named", () => {
    expect(() => read(fuelPortalExport, csv("Registration,Quantity", "QZ38FTS,1"))).toThrow(
      "line 1: the header has no column for product, date, net or gross"
    );
    expect(() => read(fuelPortalExport, "")).toThrow(FeedError);
    expect(() => read(fuelPortalExport, whole.replace("Derv", "D\0erv"))).toThrow("NUL");
  });

  test("CR alone ends lines; a byte-order mark is passed over", () => {
    expect(read(fuelPortalExport, `\ufeff${whole.replaceAll("\r\n", "\r")}`).rows).toHaveLength(3);
  });
});

describe("a depot's tanks", () => {
  const header = "Tank,Date,Time,Type,Vehicle,Litres,Driver,Dip";
  const log = csv(
    header,
    "WEST-DERV,14/05/2026,05:00:00,DIP,,,,9000",
    "WEST-DERV,14/05/2026,06:15:00,DISPENSE,rcv 7,120.6,NOBODY,",
    "WEST-DERV,14/05/2026,09:00:00,DELIVERY,,12000,,20879.4",
    "WEST-DERV,14/05/2026,10:00:00,dispense,RCV8,-0.6,NOBODY,"
  );

  test("opening dip + deliveries − dispenses = closing dip: 9,000 + 12,000 − 120.6 = 20,879.4", () => {
    expect(isOf(bunkeredTank, log)).toBe(true);
    const {rows, rejected, records} = read(bunkeredTank, log);
    expect([rejected, records]).toEqual([[], 5]);
    expect(rows.map(row => [row.line, row.movement, row.litres])).toEqual([
      [2, "dip", "9000"],
      [3, "dispense", "120.6"],
      [4, "delivery", "12000"],
      [4, "dip", "20879.4"],
      [5, "dispense", "-0.6"]
    ]);
    expect(rows[1]).toMatchObject({
      tank: "WEST-DERV",
      moved_at: "2026-05-14 06:15:00",
      product: "WEST-DERV",
      registration: "RCV7"
    });
    expect(JSON.stringify(rows)).not.toContain("NOBODY");
  });

  test("a product column is taken before the tank's name", () => {
    const rows = read(bunkeredTank, csv(`${header},Product`, "W,14/05/2026,06:15,DISPENSE,R1,5,,,gas oil")).rows;
    expect(rows[0]?.product).toBe("GAS OIL");
  });

  test.each([
    ["W,14/05/2026,06:15,DISPENSE,R1,,,", "the litres of a dispense are a number"],
    ["W,14/05/2026,06:15,DELIVERY,,?,,", "the litres of a delivery are a number"],
    ["W,14/05/2026,06:15,DIP,,,,", "a dip says its litres"],
    ["W,14/05/2026,06:15,DIP,,,,-4", "a dip is not below nought"],
    ["W,14/05/2026,06:15,SPILL,,4,,", "a movement is DISPENSE, DELIVERY or DIP"],
    ["W,14/05/2026,06:15,toString,,4,,", "a movement is DISPENSE, DELIVERY or DIP"],
    ["W,14/05/2026,25:15,DIP,,,,4", "the date and time are real ones, day first"],
    [",14/05/2026,06:15,DIP,,,,4", "a movement names its tank"]
  ])("%s is rejected", (row, rule) => {
    expect(read(bunkeredTank, csv(header, row)).rejected.map(reject => reject.rule)).toEqual([rule]);
  });
});

describe("a charge point operator's portal", () => {
  const header = "Session ID,Charge Point,RFID,Start Time,End Time,Energy (kWh),Cost";
  const sessions = csv(
    header,
    "41,WEST-1,0a77,14/05/2026 19:01,15/05/2026 00:31,28.050,£9.08",
    "42,WEST-1,0a77,14/05/2026 23:50,15/05/2026 00:02,0.000,0.00",
    "41,WEST-2,,14/05/2026 23:50,,3,"
  );

  test("a session of nothing is a session; numbers are each charge point's own", () => {
    expect(isOf(chargePointPortal, sessions)).toBe(true);
    const {rows, rejected} = read(chargePointPortal, sessions);
    expect(rejected).toEqual([]);
    expect(rows[0]).toEqual({
      line: 2,
      session_id: "WEST-1/41",
      started_at: "2026-05-14 19:01:00",
      ended_at: "2026-05-15 00:31:00",
      energy_kwh: "28.05",
      location: "WEST-1",
      place: "unknown",
      registration: "0A77",
      is_credit: false,
      cost_gbp: "9.08"
    });
    expect(rows.map(row => [row.session_id, row.energy_kwh, row.cost_gbp])).toEqual([
      ["WEST-1/41", "28.05", "9.08"],
      ["WEST-1/42", "0", "0.00"],
      ["WEST-2/41", "3", null]
    ]);
  });

  test("energy that is not said is not nought, and a unit that is not kWh is not taken for it", () => {
    expect(
      read(chargePointPortal, csv(header, "1,W,,14/05/2026 19:01,,,")).rejected.map(reject => reject.rule)
    ).toEqual(["the energy is a number of kWh"]);
    for (const title of ["Energy", "Energy (Wh)", "Energy (MWh)"])
      expect(() => read(chargePointPortal, sessions.replace("Energy (kWh)", title))).toThrow(
        "no column for energy in kwh"
      );
  });

  test("a session sent twice is one; with other words it is neither", () => {
    const row = "7,W,,14/05/2026 19:01,,5,";
    expect(read(chargePointPortal, csv(header, row, row))).toMatchObject({dropped: 1, rejected: []});
    const {rows, rejected} = read(chargePointPortal, csv(header, row, row.replace(",5,", ",6,")));
    expect([rows, rejected.map(reject => reject.rule)]).toEqual([[], ["repeated", "repeated"]]);
  });

  test("a credit takes away", () => {
    const {rows} = read(chargePointPortal, csv(header, "7,W,,14/05/2026 19:01,,-5.5,-2"));
    expect(rows).toMatchObject([{energy_kwh: "-5.5", cost_gbp: "-2.00", is_credit: true}]);
  });
});
