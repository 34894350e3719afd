import {expect, test} from "vitest";
import type {FuelFault, FuelFaultKind} from "../../../src/illustrative/faults/fault.ts";
import {VEHICLES} from "../../../src/illustrative/fleet/vehicles.ts";
import {type FuelRecord, fieldOf, hundredthsOf} from "../reread/fuel.ts";
import type {Written} from "../written.ts";

/** What is odd in the fuel files, line by line. */
export function fuelFaultSuite(estate: () => Written): void {
  async function told(
    kind: FuelFaultKind
  ): Promise<{fault: FuelFault; record: FuelRecord; before: FuelRecord | undefined}[]> {
    const {faults} = await estate().truth();
    const ours = faults.filter((each): each is FuelFault => each.kind === kind);
    return Promise.all(
      ours.map(async fault => {
        const {details} = await estate().fuel(fault.file);
        const [record, before] = [fault.line, fault.other_line].map(line => details.find(each => each.line === line));
        if (!record) throw new Error(`no line ${fault.line}: ${fault.file}`);
        return {fault, record, before};
      })
    );
  }

  function expectSame(fault: FuelFault, record: FuelRecord): void {
    expect([fieldOf(record, 4), fieldOf(record, 15)]).toEqual([fault.first_date, fault.product_code]);
    expect((Math.abs(hundredthsOf(record)) / 100).toFixed(4)).toBe(fault.quantity);
  }

  test("a product that nobody knows is drawn twice, in one month", async () => {
    const found = await told("unknown_product");
    expect(found.map(({fault}) => [fault.file, fault.product_code])).toEqual([
      ["fuel-2025-09.E01", "077"],
      ["fuel-2025-09.E01", "077"]
    ]);
    for (const {fault, record} of found) expectSame(fault, record);
  });

  test("what was typed by hand matches no vehicle, and has no fleet number", async () => {
    const known = new Set(VEHICLES.map(vehicle => vehicle.registration));
    const found = await told("unmatched_vehicle");
    expect(found.length).toBeGreaterThan(40);
    for (const {fault, record} of found) {
      expectSame(fault, record);
      expect(["SPARE 2", "JERRYCAN"]).toContain(fieldOf(record, 23).trim());
      expect([12, 22, 23].some(at => known.has(fieldOf(record, at).replaceAll(" ", "")))).toBe(false);
      expect(fieldOf(record, 14)).toBe("000000");
    }
  });

  test("a credit follows the drawing that it takes back, with a number of its own", async () => {
    const found = await told("fuel_credit");
    expect(found.length).toBeGreaterThan(79);
    for (const {fault, record, before} of found) {
      if (!before) throw new Error(`no drawing before: ${fault.file} ${fault.line}`);
      expectSame(fault, record);
      expect([3, 17, 19].map(at => fieldOf(record, at))).toEqual(["8", "-", "-"]);
      expect([4, 9, 14, 15, 16, 18].map(at => fieldOf(record, at))).toEqual(
        [4, 9, 14, 15, 16, 18].map(at => fieldOf(before, at))
      );
      expect(Number(fieldOf(record, 1))).toBe(Number(fieldOf(before, 1)) + 1);
    }
  });
}
