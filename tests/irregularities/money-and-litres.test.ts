import {describe, expect, test} from "vitest";
import {fileOfBills} from "../sources/bills-tradacoms-file.ts";
import type {Canopy} from "../support/canopy.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";
import {council, mpan, total} from "./council.ts";

const drawing = {
  TransactionId: "81001",
  SalesItemId: 9001,
  OriginalSalesItemId: null as number | null,
  VehicleRegistration: "QZ75KPL",
  TransactionDate: "20260514",
  TransactionTime: "10:15:30",
  UTCOffset: "+01:00",
  ProductCode: "21",
  Quantity: 45.12,
  TransactionNetAmount: 60.07,
  CreditDebitCode: "D"
};
const shellAnswer = (...data: readonly object[]) =>
  JSON.stringify({RequestId: "r", Status: {Code: "0000"}, Data: data, TotalRecords: data.length});

async function fleet(): Promise<Canopy> {
  const c = await council();
  const products = ["keyfuels,018", "shell,21", "uk-fuels,18"].map(each => `${each},diesel,diesel,confirmed`);
  await writeRows(c.folder, "fuel-products.csv", products);
  return c;
}

const litresOf = (c: Canopy) =>
  c.ask<{month: string; litres: number; credited: number}>(
    "select strftime(month, '%Y-%m') as month, quantity as litres, credited_quantity as credited from marts.fleet_activity order by month"
  );

/** Irregularity 14: credits whose amounts are written above nought, or have their sign elsewhere: added up as they stand they add. */
describe("14: credits that add", () => {
  test("a fuel card's sign in its own column: 100 litres and a credit of 60 are 40, not 160", async () => {
    const c = await fleet();
    const line = {registration: "QZ38FTS", product: "018"};
    const text = fuelFile(
      [
        {...line, id: "500000001", at: "2026-05-14 07:41:12", litres: 100},
        {...line, id: "500000002", at: "2026-05-15 07:41:12", litres: -60}
      ],
      "2026-05-16 02:00:00"
    );
    await c.bring("cards.E01", text, {feed: "fleet-fuel"});
    const naive = [...text.matchAll(/^1,.*?"(\d{8}\.\d\d)"/gm)].map(([, amount]) => Number(amount));
    expect([await litresOf(c), total(naive)]).toEqual([[{month: "2026-05", litres: 40, credited: 60}], 160]);
  });

  test("a card company's code C beside a quantity above nought: nothing is left, not 90.24 litres", async () => {
    const c = await fleet();
    const credit = {
      ...drawing,
      TransactionId: "81002",
      SalesItemId: 9002,
      OriginalSalesItemId: 9001,
      CreditDebitCode: "C"
    };
    const kept = {...drawing, TransactionId: "81003", SalesItemId: 9003, Quantity: 10};
    const sales = [drawing, credit, kept];
    await c.bring("shell.json", shellAnswer(...sales), {feed: "fleet-fuel"});
    const naive = total(sales.map(({Quantity}) => Quantity));
    expect([await litresOf(c), naive.toFixed(2)]).toEqual([
      [{month: "2026-05", litres: 10, credited: 45.12}],
      "100.24"
    ]);
  });

  test("a charge point's credit is told with energy above nought and takes it away", async () => {
    const c = await council();
    const record = (id: string, over: object) => ({
      country_code: "GB",
      party_id: "QZX",
      id,
      start_date_time: "2026-05-14T18:01:00Z",
      end_date_time: "2026-05-14T20:31:00Z",
      currency: "GBP",
      total_energy: 31.2,
      total_cost: {excl_vat: 7.02, incl_vat: 8.42},
      last_updated: "2026-05-14T20:35:11Z",
      ...over
    });
    const credit = {credit: true, credit_reference_id: "C77", total_cost: {excl_vat: -7.02, incl_vat: -8.42}};
    const again = {total_energy: 30, total_cost: {excl_vat: 6.75, incl_vat: 8.1}};
    const data = [record("C77", {}), record("C77-1", credit), record("C77-2", again)];
    const text = JSON.stringify({data, status_code: 1000, timestamp: "2026-05-15T00:00:00Z"});
    await c.bring("cdrs.json", text, {feed: "ev-charging"});
    const [held] = await c.live(
      "select sum(energy_kwh)::double as kwh, sum(cost_gbp)::double as pounds from raw.charging_sessions"
    );
    const naiveKwh = total(data.map(({total_energy}) => total_energy));
    const naivePounds = total(data.map(({total_cost}) => Math.abs(total_cost.incl_vat)));
    expect([held, naiveKwh, naivePounds.toFixed(2)]).toEqual([{kwh: 30, pounds: 8.1}, 92.4, "24.94"]);
  });

  test("an electronic bill's R after an amount: 1,249 kWh less 26.881, not more", async () => {
    const c = await council();
    const line = (cons: string) => ({
      indicator: "2",
      text: "Single",
      location: mpan,
      cons,
      from: "260601",
      to: "260630"
    });
    const bills = [
      {number: "N1", charges: [line("1249000:KWH")], net: "30410", vat: "6082"},
      {number: "C1", charges: [line("26881:KWH:R")], net: "672:R", vat: "134:R"}
    ];
    const text = fileOfBills(bills);
    await c.bring("bills.edi", text, {feed: "utility-bills"});
    const [held] = await c.live("select sum(quantity)::double as kwh, sum(gross_gbp)::double as pounds from raw.bills");
    const naive = [...text.matchAll(/\+(\d+):KWH/g)].map(([, thousandths]) => Number(thousandths) / 1000);
    expect([held, total(naive)]).toEqual([{kwh: 1222.119, pounds: 356.86}, 1275.881]);
    const june = await c.ask<{kwh: number}>(
      "select sum(consumption_kwh) as kwh from marts.site_energy_monthly where month = '2026-06-01'"
    );
    expect(june).toEqual([{kwh: expect.closeTo(1222.119, 3)}]);
  });
});

/** Irregularity 15: how many of the digits stand after a point that is not written. */
describe("15: implied decimals that differ by supplier", () => {
  test("a fuel card's 00004512 are 45.12 litres for £56.19, not 4,512 for £5,619", async () => {
    const c = await fleet();
    const cells = [
      "007",
      "002",
      "1",
      "0000054321",
      "0000001234",
      "140526",
      "0615",
      "0009876",
      "QZ38FTS     ",
      "",
      "0031207"
    ];
    const line = [
      ...cells,
      "00004512",
      "18",
      "0091",
      "",
      "",
      "05",
      "2",
      "000000501",
      "00005619",
      "70000000000000000033"
    ];
    const text = `${line.map(cell => `"${cell}"`).join(",")}\r\n`;
    expect(await c.bring("cards.txt", text, {feed: "fleet-fuel"})).toMatchObject({
      layout: "uk-fuels",
      rows_rejected: 0
    });
    const [held] = await c.live(
      "select quantity::varchar as litres, cost_gbp::varchar as pounds from raw.fuel_transactions"
    );
    expect(held).toEqual({litres: "45.120", pounds: "56.1900"});
    expect([Number(line[11]), Number(line[19])]).toEqual([4512, 5619]);
    expect((await litresOf(c)).map(({litres}) => litres)).toEqual([45.12]);
  });

  test("an electronic bill's 1018000:KWH are 1,018 kWh, not a million", async () => {
    const c = await council();
    const charge = {indicator: "2", text: "Single", location: mpan, cons: "1018000:KWH", from: "260601", to: "260630"};
    const text = fileOfBills([{charges: [charge], net: "30410", vat: "6082"}]);
    await c.bring("bills.edi", text, {feed: "utility-bills"});
    const held = await c.live("select quantity::double as kwh, net_gbp::double as net from raw.bills");
    const naive = Number(/\+(\d+):KWH/.exec(text)?.[1]);
    expect([held, naive]).toEqual([[{kwh: 1018, net: 304.1}], 1_018_000]);
  });

  test("the price 22345 is £0.22345 for one supplier and £0.0022345 for another: a charge must come out", async () => {
    const c = await council();
    const charge = {
      text: "Day",
      location: mpan,
      cons: "1000000:KWH",
      units: "1000000:KWH",
      from: "230301",
      to: "230401",
      price: "22345"
    };
    const electricity = {indicator: "2", tariff: "068476", ...charge};
    const gas = {indicator: "1", code: "GAS", ...charge, location: "9100000001"};
    const engie = {sender: "ENGIE POWER:ENGIE Power"};
    const engieGas = {sender: "ENGIE GAS:ENGIE Gas"};
    const bring = async (name: string, line: object, sent: object) =>
      (await c.bring(name, fileOfBills([{charges: [line as typeof electricity]}], sent), {feed: "utility-bills"}))
        .rows_rejected;
    expect(await bring("a.edi", {...electricity, total: "22345"}, engie)).toBe(0);
    expect(await bring("b.edi", {...gas, total: "223"}, engieGas)).toBe(0);
    expect(await bring("c.edi", {...gas, total: "22345"}, engieGas)).toBe(1);
    const [fiveDecimals, sevenDecimals] = [1000 * (22345 / 1e5), 1000 * (22345 / 1e7)];
    expect([fiveDecimals, sevenDecimals].map(pounds => pounds.toFixed(2))).toEqual(["223.45", "2.23"]);
  });
});

test("an instant with its offset is of the British day: 00:15 on 1 April is of April, and in UTC of March", async () => {
  const c = await fleet();
  const sale = {...drawing, TransactionDate: "20260401", TransactionTime: "00:15:30"};
  await c.bring("shell.json", shellAnswer(sale), {feed: "fleet-fuel"});
  expect((await litresOf(c)).map(({month}) => month)).toEqual(["2026-04"]);
  expect(new Date("2026-04-01T00:15:30+01:00").toISOString().slice(0, 7)).toBe("2026-03");
});
