import {describe, expect, test} from "vitest";
import {tradacoms} from "../../src/sources/tradacoms/tradacoms.ts";
import {type Charge, dayAndNight, fileOfBills, gasBill, type PlannedBill, type Sent} from "./bills-tradacoms-file.ts";

const parse = (text: string, meterPointId: string | null = null) =>
  tradacoms.parse(text, {fileName: "bills.edi", meterPointId});
const read = (bill: PlannedBill, sent: Sent = {}) => parse(fileOfBills([bill], sent));

const kwhLine = (kwh: string, others: Partial<Charge> = {}): Charge => ({
  indicator: "2",
  text: "Single",
  cons: `${kwh}000:KWH`,
  from: "260601",
  to: "260630",
  ...others
});

const engie = {sender: "ENGIE POWER:ENGIE Power"};
const engieGas = {sender: "ENGIE GAS:ENGIE Gas"};

describe("a bill of day and night registers", () => {
  test("is one row: consumption once, and the bill's own amounts", () => {
    expect(read(dayAndNight, {totals: "30410+6082++++1"})).toEqual({
      rows: [
        {
          line: 11,
          bill_id: "5099999000017/INV70001",
          account: "A5550001",
          kind: "normal",
          issued_on: "2026-07-02",
          meter: "1600000000010",
          first_date: "2026-06-01",
          last_date: "2026-06-30",
          quantity: "1249",
          unit: "kWh",
          is_estimated: false,
          net_gbp: "304.10",
          vat_gbp: "60.82",
          gross_gbp: "364.92"
        }
      ],
      rejected: [],
      dropped: 0,
      records: 1,
      issued: "2026-07-03 04:15:00"
    });
  });

  test("consumption alone (1) counts where no charge (2) repeats it", () => {
    const {rows, rejected} = read({
      charges: [kwhLine("302", {indicator: "1"}), kwhLine("947", {indicator: "1", text: "Day"})]
    });
    expect([rows.map(({quantity}) => quantity), rejected]).toEqual([["1249"], []]);
  });

  test("consumption alone (1) as one figure that two charges (2) share out counts once", () => {
    const charges = [kwhLine("1249", {indicator: "1"}), kwhLine("302"), kwhLine("947", {text: "Day"})];
    expect(read({charges}).rows.map(({quantity}) => quantity)).toEqual(["1249"]);
  });

  test("consumption alone (1) that the charges (2) do not bear out gives no row", () => {
    const {rows, rejected} = read({charges: [kwhLine("400", {indicator: "1"}), kwhLine("947")]});
    expect(rows).toEqual([]);
    expect(rejected).toEqual([
      {line: 10, rule: "consumption (1) is what the charges of the meter (2) are of", value: "1"}
    ]);
  });

  test("the same kWh charged twice without a read, under names that say nothing, give no row", () => {
    const {rows, rejected} = read({charges: [kwhLine("500", {text: "Rate A"}), kwhLine("500", {text: "Rate B"})]});
    expect(rows).toEqual([]);
    expect(rejected[0]?.rule).toBe("the same consumption is charged twice: the supplier's settings are needed");
  });
});

describe("lines that are no energy", () => {
  test.each([
    ["reactive energy in kVArh", kwhLine("88", {text: "Reactive", cons: "88000:KVARH"})],
    ["reactive energy said to be kWh", kwhLine("88", {text: "Reactive power"})],
    ["capacity", kwhLine("150", {text: "Capacity Market (Estimate)"})],
    ["availability in kVA", kwhLine("150", {text: "Availability", cons: "150000:KVA"})],
    ["a levy", kwhLine("1249", {text: "Renewables Obligation"})],
    ["reads for information (5)", kwhLine("77", {indicator: "5"})]
  ])("%s", (_name, charge) => {
    expect(read({charges: [kwhLine("321"), charge]}).rows.map(({quantity}) => quantity)).toEqual(["321"]);
    expect(read({charges: [charge]})).toMatchObject({rows: [], rejected: [], dropped: 1, records: 1});
  });

  test("a bill of nothing but totals", () => {
    expect(read({net: "500", vat: "100"}, {totals: "500+100"})).toMatchObject({rows: [], rejected: [], dropped: 1});
  });

  test("kWh on charges alone (3) of a supplier not in the table are not guessed at", () => {
    const {rows, rejected, dropped} = read({charges: [kwhLine("947", {indicator: "3", code: "NRG"})]});
    expect([rows, dropped]).toEqual([[], 0]);
    expect(rejected[0]?.rule).toBe(
      "consumption stands on a charge line (3, 4, 6) alone: the supplier's settings are needed"
    );
  });
});

describe("meter points", () => {
  const two = ["MAN=1+1+16:0000000001:0:00:801:500+S1", "MAN=2+1+16:0000000007:4:00:801:500+S2"];

  test("two on one bill are told by serial numbers; the amounts stand once", () => {
    const charges = [kwhLine("100", {serial: "S1"}), kwhLine("200", {serial: "S2"})];
    expect(read({charges, others: two, net: "5000", vat: "1000"}).rows).toMatchObject([
      {meter: "1600000000010", quantity: "100", net_gbp: "50.00", gross_gbp: "60.00"},
      {meter: "1600000000074", quantity: "200", net_gbp: null, vat_gbp: null, gross_gbp: null}
    ]);
  });

  test("two on one bill are told by the full MPAN of the line", () => {
    const charges = [kwhLine("100", {location: "160000000007403801500"}), kwhLine("200", {serial: "S1"})];
    expect(read({charges, others: two}).rows.map(({meter}) => meter)).toEqual(["1600000000074", "1600000000010"]);
  });

  test("a line that names neither of two is rejected, and the other stands", () => {
    const {rows, rejected} = read({charges: [kwhLine("100"), kwhLine("200", {serial: "S2"})], others: two});
    expect(rows.map(({meter, quantity}) => [meter, quantity])).toEqual([["1600000000074", "200"]]);
    expect(rejected).toEqual([{line: 10, rule: "a line of a bill of several meter points says which", value: ""}]);
  });

  test("a line without a number takes the bill's", () => {
    const charges = [kwhLine("100", {location: "9100000001"}), kwhLine("200", {text: "Other"})];
    expect(read({charges}).rows).toMatchObject([{meter: "9100000001", quantity: "300"}]);
  });

  test("a bill that names none takes what the file is said to be of, or none", () => {
    const text = fileOfBills([{charges: [kwhLine("100")]}]);
    expect([parse(text).rows[0]?.meter, parse(text, "1600000000010").rows[0]?.meter]).toEqual([null, "1600000000010"]);
  });
});

describe("kinds of bill", () => {
  test("a bill withdrawn, as billed, and its rebill", () => {
    const charges = [kwhLine("1310", {cons: "1310000:KWH:R", total: "29999:R"})];
    const withdrawn = {type: "W", number: "CN70009", amended: "INV70001", charges, net: "29999:R", vat: "6000:R"};
    const rebill = {number: "INV70010", charges: [kwhLine("1249")], net: "30410", vat: "6082"};
    const {rows, rejected} = parse(fileOfBills([withdrawn, rebill], {totals: "411+82"}));
    expect(rejected).toEqual([]);
    expect(rows.map(row => [row.bill_id, row.kind, row.quantity, row.net_gbp, row.vat_gbp, row.gross_gbp])).toEqual([
      ["5099999000017/INV70001", "withdrawn", "1310", "299.99", "60.00", "359.99"],
      ["5099999000017/INV70010", "normal", "1249", "304.10", "60.82", "364.92"]
    ]);
  });

  test("a credit is negative and a final bill final", () => {
    const credit = {number: "C1", charges: [kwhLine("0", {cons: "26881:KWH:R"})], net: "672:R", vat: "134:R"};
    const final = {number: "F1", type: "F", charges: [kwhLine("10")]};
    expect(parse(fileOfBills([credit, final])).rows).toMatchObject([
      {kind: "credit", quantity: "-26.881", net_gbp: "-6.72", vat_gbp: "-1.34", gross_gbp: "-8.06"},
      {kind: "final", quantity: "10", net_gbp: null}
    ]);
  });

  test("an estimated bill, and the actual one after it, are told apart", () => {
    const bill = (number: string, reads: string) => ({number, charges: [kwhLine("10", {reads})]});
    const {rows} = parse(
      fileOfBills([bill("E1", "110:02:100:00"), bill("E2", "110:00:100:01"), bill("A1", "112:00:100:04")])
    );
    expect(rows.map(({is_estimated}) => is_estimated)).toEqual([true, true, false]);
  });

  test("a read type that is on no list is an estimate", () => {
    expect(read({charges: [kwhLine("10", {reads: "110:77:100:00"})]}).rows[0]?.is_estimated).toBe(true);
  });

  test("a read on a line that only states consumption (1) makes the charged one (2) an estimate", () => {
    const charges = [kwhLine("10", {indicator: "1", reads: "110:02:100:00"}), kwhLine("10")];
    expect(read({charges}).rows).toMatchObject([{quantity: "10", is_estimated: true}]);
  });

  test("the same bill twice counts once; with another figure the second is rejected", () => {
    const bill = (kwh: string) => ({charges: [kwhLine(kwh)], others: ["MAN=1+1+16:0000000001:0"]});
    expect(parse(fileOfBills([bill("10"), bill("10")]))).toMatchObject({
      rows: [{quantity: "10"}],
      rejected: [],
      dropped: 1
    });
    const differing = parse(fileOfBills([bill("10"), bill("11")]));
    expect(differing.rows.map(({quantity}) => quantity)).toEqual(["10"]);
    expect(differing.rejected.map(({value}) => value)).toEqual(["11"]);
  });
});

describe("what suppliers write in their own way", () => {
  const obligation = kwhLine("947", {tariff: "307660", text: "Renewables Obligation", from: "230301", to: "230401"});
  const period = (bill: PlannedBill, sent: Sent = {}) =>
    read(bill, sent).rows.map(({first_date, last_date, quantity}) => [first_date, last_date, quantity]);

  test("Engie's electricity ends the day before: 230301:230401 is March, and levies repeat one consumption", () => {
    const levies = ["579387", "154164", "868476"].map(tariff => ({...obligation, tariff, text: "Charge"}));
    expect(period({supply: "230301:230401", charges: [...levies, obligation]}, engie)).toEqual([
      ["2023-03-01", "2023-03-31", "947"]
    ]);
    const undated = {...obligation, from: "", to: ""};
    expect(period({supply: "230301:230401", charges: [undated]}, engie)).toEqual([["2023-03-01", "2023-03-31", "947"]]);
  });

  test("Engie's electricity without an obligation is of its unit rates", () => {
    const day = {...obligation, tariff: "068476", text: "Day"};
    expect(period({charges: [{...obligation, tariff: "579387"}, day]}, engie)).toEqual([
      ["2023-03-01", "2023-03-31", "947"]
    ]);
    expect(read({charges: [{...obligation, tariff: "579387"}]}, engie)).toMatchObject({rows: [], dropped: 1});
  });

  test("gas: supply to 170630 and a line to 170701 are both June, for Engie and for one not in the table", () => {
    const june = [["2017-06-01", "2017-06-30", "4588.961"]];
    expect([period(gasBill, engieGas), period(gasBill)]).toEqual([june, june]);
  });

  test("a supplier not in the table ends on the day it says", () => {
    expect(period({charges: [kwhLine("10")]})).toEqual([["2026-06-01", "2026-06-30", "10"]]);
    expect(period({charges: [kwhLine("10", {from: "", to: ""})]})).toEqual([["2026-06-01", "2026-06-30", "10"]]);
  });

  test("a line without a period, of a bill without one, is from read to read", () => {
    const charges = [kwhLine("10", {from: "", to: "", previousRead: "260601", presentRead: "260701"})];
    expect(period({supply: "", charges})).toEqual([["2026-06-01", "2026-06-30", "10"]]);
  });

  test("Drax: the energy line of the charge lines (3), not that with losses", () => {
    const energy = kwhLine("900", {indicator: "3", code: "NRG", tariff: "HH0002", modifier: "122568"});
    const losses = kwhLine("71", {indicator: "3", code: "DUS", tariff: "DUSDIS", modifier: "122568"});
    expect(period({charges: [losses, energy]}, {sender: "DRAX:Drax Energy"})).toEqual([
      ["2026-06-01", "2026-06-30", "900"]
    ]);
  });

  test("Haven: day and night of the charge lines (3), not the levy", () => {
    const line = (modifier: string, kwh: string) => kwhLine(kwh, {indicator: "3", modifier});
    const charges = [line("068476", "40"), line("265091", "20"), line("422733", "60")];
    expect(period({charges}, {sender: "HAVEN:Haven Power"})).toEqual([["2026-06-01", "2026-06-30", "60"]]);
  });

  test("Total's gas: the commodity, of five decimals of a pound; standing charges in whole days and thousandths", () => {
    const gas = {code: "MET", conb: "90000:M3", units: "968823:KWH", price: "9742", total: "9438"};
    const standing: Charge = {indicator: "2", code: "STD", units: "30:DAY", price: "1205", total: "3615"};
    const {rows, rejected} = read(
      {charges: [kwhLine("0", {...gas, cons: ""}), standing]},
      {sender: "X:TotalEnergies Gas"}
    );
    expect([rows.map(({quantity, bill_id}) => [quantity, bill_id]), rejected]).toEqual([
      [["968.823", "total/INV70001"]],
      []
    ]);
  });

  test("the same digits are £0.22345 for one and £0.0022345 for another", () => {
    const charges = [kwhLine("1000", {tariff: "068476", price: "22345", total: "22345", units: "1000000:KWH"})];
    expect(read({charges}, engie).rejected).toEqual([]);
    expect(read({charges: [{...charges[0], indicator: "1", code: "GAS"}]}, engieGas).rejected).toHaveLength(1);
    expect(read({charges: [{...charges[0], indicator: "1", code: "GAS", total: "223"}]}, engieGas).rejected).toEqual(
      []
    );
  });
});
