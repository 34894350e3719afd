import {describe, expect, test} from "vitest";
import {factorsOf} from "../lanes/factors-by-hand.ts";
import {type Charge, fileOfBills, type PlannedBill, type Sent} from "../sources/bills-tradacoms-file.ts";
import {council, mpan, secondMpan, total} from "./council.ts";

const charge = (over: Partial<Charge>): Charge => ({
  indicator: "2",
  text: "Single",
  location: mpan,
  from: "260601",
  to: "260630",
  ...over
});

/** Brings one file of bills and reads what a bill says and what June then holds. */
async function billed(bills: readonly PlannedBill[], sent: Sent = {}) {
  const c = await council();
  const text = fileOfBills(bills, sent);
  const load = await c.bring("bills.edi", text, {feed: "utility-bills"});
  const rows = await c.live<{first: string; last: string; kwh: number}>(
    "select first_date::varchar as first, last_date::varchar as last, quantity::double as kwh from raw.bills order by first_date, last_date"
  );
  const months = await c.ask<{month: string; kwh: number}>(
    "select strftime(month, '%Y-%m') as month, round(consumption_kwh, 2) as kwh from marts.site_energy_monthly where consumption_kwh > 0 order by month"
  );
  return {text, load, rows, months};
}

/** Irregularity 16: the same units stand on several lines: as consumption and as what a charge is of; as a gas and its parts. */
describe("16: double counting inside a bill", () => {
  test("a line of consumption (1) and a line of charge (2) of the same 211 kWh", async () => {
    const cons = "211000:KWH";
    const {text, rows, months} = await billed([
      {
        charges: [
          charge({indicator: "1", serial: "Z17E001", reads: "5211:00:5000:00", cons}),
          charge({serial: "Z17E001", cons, price: "20000", units: cons, total: "4220"}),
          charge({indicator: "3", text: "Climate Change Levy", units: cons, price: "775", total: "164"})
        ],
        net: "4384"
      }
    ]);
    const lines = text.split("'").filter(segment => segment.includes("CCD="));
    const naive = total(lines.map(line => Number(/\+(\d+):KWH/.exec(line)?.[1]) / 1000));
    expect([rows.map(({kwh}) => kwh), naive]).toEqual([[211], 633]);
    expect(months).toEqual([{month: "2026-06", kwh: 211}]);
  });

  test("the bill again is that bill, in one file and in two", async () => {
    const bill: PlannedBill = {charges: [charge({cons: "300000:KWH"})], net: "6000"};
    const twice = await billed([bill, bill]);
    expect([twice.rows.map(({kwh}) => kwh), twice.months]).toEqual([[300], [{month: "2026-06", kwh: 300}]]);
    const naive = total([...twice.text.matchAll(/\+(\d+):KWH/g)].map(([, thousandths]) => Number(thousandths) / 1000));
    expect(naive).toBe(600);
  });

  test("factors: kg CO2e and its parts stand side by side; an activity counts the whole, and with its parts it is twice as much", async () => {
    const c = await council([{id: "9100000001", energy: "gas"}]);
    const june = {from: "240601", to: "240630"};
    const gas = charge({indicator: "2", location: "9100000001", cons: "1000000:KWH", ...june});
    await c.bring("bills.edi", fileOfBills([{supply: "240601:240630", charges: [gas]}]), {feed: "utility-bills"});
    const [line] = await c.ask<{set: number; whole: number; parts: number}>(
      "select factor_set as set, emissions_t_co2e as whole, emissions_t_co2 + emissions_ch4_t_co2e + emissions_n2o_t_co2e as parts from marts.annual_emissions where scope = '1'"
    );
    const [factor] = factorsOf(line?.set ?? 0, "natural_gas", "kWh").filter(({scope}) => scope === "1");
    const naive = total([factor?.co2e, factor?.co2, factor?.ch4, factor?.n2o].map(kg => kg ?? 0));
    expect(line).toMatchObject({
      whole: expect.closeTo(factor?.co2e ?? 0, 3),
      parts: expect.closeTo(factor?.co2e ?? 0, 3)
    });
    expect(naive / (line?.whole ?? 0)).toBeCloseTo(2, 2);
  });
});

/** Irregularity 17: whether the end of a bill's period is its last day or the day after, which differs from supplier to supplier. */
describe("17: inclusive or exclusive end", () => {
  const gas = (over: Partial<Charge>) =>
    charge({indicator: "1", code: "GAS", location: mpan, cons: "", units: "3000000:KWH", ...over});

  test("a supply to 170630 and a line to 170701 are both June: taken as days they are 30 and 31", async () => {
    const june = [{first: "2017-06-01", last: "2017-06-30", kwh: 3000}];
    for (const sent of [{sender: "ENGIE GAS:ENGIE Gas"}, {}]) {
      const {rows} = await billed([{supply: "170601:170630", charges: [gas({from: "170601", to: "170701"})]}], sent);
      expect(rows).toEqual(june);
    }
    const days = (last: string) => (Date.parse(last) - Date.parse("2017-06-01")) / 86_400_000 + 1;
    expect([days("2017-06-30"), days("2017-07-01")]).toEqual([30, 31]);
  });

  test("two months end to end share no day, and each month's kWh are its own", async () => {
    const {rows, months} = await billed(
      [
        {
          number: "E1",
          supply: "230301:230401",
          charges: [charge({tariff: "307660", cons: "3100000:KWH", from: "230301", to: "230401"})]
        },
        {
          number: "E2",
          supply: "230401:230501",
          charges: [charge({tariff: "307660", cons: "1500000:KWH", from: "230401", to: "230501"})]
        }
      ],
      {sender: "ENGIE POWER:ENGIE Power"}
    );
    expect(rows.map(({first, last}) => `${first} ${last}`)).toEqual(["2023-03-01 2023-03-31", "2023-04-01 2023-04-30"]);
    expect(months).toEqual([
      {month: "2023-03", kwh: 3100},
      {month: "2023-04", kwh: 1500}
    ]);
    const naiveMarch = (3100 / 32) * 31;
    const naiveApril = 3100 / 32 + (1500 / 31) * 30;
    expect([naiveMarch, naiveApril].map(Math.round)).toEqual([3003, 1548]);
  });

  test("another supplier's same digits are a last day, not the day after", async () => {
    const {rows} = await billed([
      {
        supply: "230301:230401",
        charges: [charge({location: secondMpan, cons: "3100000:KWH", from: "230301", to: "230331"})]
      }
    ]);
    expect(rows.map(({last}) => last)).toEqual(["2023-03-31"]);
    const exclusively = "2023-03-30";
    expect(rows[0]?.last).not.toBe(exclusively);
  });
});
