import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {expect, test} from "vitest";
import {type FuelBack, type FuelRecord, fieldOf, hundredthsOf, penceOf, rereadFuel} from "../reread/fuel.ts";
import type {Written} from "../written.ts";

interface RegisterRow {
  readonly [column: string]: string;
}

/** E01 files against their own control records and, read afresh, against the truth. */
export function fuelSuite(estate: () => Written): void {
  const files = () =>
    Promise.all(
      estate()
        .of("fleet-fuel")
        .map(async path => rereadFuel(basename(path), await readFile(path, "utf8")))
    );

  test("a control record ends every file, with its count and its sums", async () => {
    for (const {name, details, controls} of await files()) {
      const [control] = controls;
      if (!control) throw new Error(`no control record: ${name}`);
      expect(controls).toHaveLength(1);
      expect(control.line).toBe(details.length + 1);
      expect(Number(fieldOf(control, 13))).toBe(details.length);
      expect(hundredthsOf(control)).toBe(details.reduce((sum, each) => sum + hundredthsOf(each), 0));
      expect(penceOf(control)).toBe(details.reduce((sum, each) => sum + penceOf(each), 0));
    }
  });

  test("every record has 24 fields of the right width, and transaction numbers run on", async () => {
    const details = (await files()).flatMap(file => file.details);
    const numbers = details.map(each => Number(fieldOf(each, 1)));
    const widths = new Set(
      details.map(({fields}) =>
        [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 22].map(at => fields[at]?.length).join()
      )
    );
    expect([...widths]).toEqual(["9,3,10,8,4,6,2,19,6,2,12,7,6,3,11,7,12"]);
    expect(new Set(details.map(({fields}) => fields.length))).toEqual(new Set([24]));
    expect(numbers.every((number, index) => number === (numbers[0] ?? 0) + index)).toBe(true);
    expect(details.every(each => hundredthsOf(each) < 0 === (fieldOf(each, 3) === "8"))).toBe(true);
  });

  test("months, services, kinds and fuels add up to the truth", async () => {
    const {fuel, unknown_products} = await estate().truth();
    const sums = addUp(await files(), await register("vehicles"), await register("fuel-products"));
    const told = fuel.map(({quantity_l, credited_l, transactions, ...group}) => {
      const key = [group.month, group.service, group.vehicle_kind, group.activity].join(" ");
      return [key, [quantity_l, credited_l, transactions]];
    });
    const products = unknown_products.map(each => [each.product_code, [each.quantity_l, "0.0000", each.transactions]]);
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries([...told, ...products]));
  });
}

async function register(name: string): Promise<RegisterRow[]> {
  const text = await readFile(new URL(`../../../data/council/${name}.csv`, import.meta.url), "utf8");
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const columns = header.split(",");
  return lines.map(line => Object.fromEntries(line.split(",").map((cell, index) => [columns[index] ?? "", cell])));
}

function addUp(files: readonly FuelBack[], vehicles: readonly RegisterRow[], products: readonly RegisterRow[]) {
  const sums = new Map<string, [number, number, number]>();
  const matched = matcher(vehicles);
  for (const record of files.flatMap(file => file.details)) {
    const product = products.find(each => each.product_code === fieldOf(record, 15));
    if (product?.activity === "not_fuel") continue;
    const vehicle = matched(record);
    const group = [vehicle?.service ?? "unallocated", vehicle?.kind ?? "unallocated"];
    const key = product ? [fieldOf(record, 4).slice(0, 7), ...group, product.activity].join(" ") : fieldOf(record, 15);
    const [drawn, credited, count] = sums.get(key) ?? [0, 0, 0];
    const litres = hundredthsOf(record);
    sums.set(key, [drawn + litres, credited + Math.max(0, -litres), count + 1]);
  }
  const text = (hundredths: number) => (hundredths / 100).toFixed(4);
  return [...sums].map(([key, [drawn, credited, count]]) => [key, [text(drawn), text(credited), count]] as const);
}

/** By transaction, card or primary registration, spaces taken out, and else by fleet number. */
function matcher(vehicles: readonly RegisterRow[]): (record: FuelRecord) => RegisterRow | undefined {
  const byRegistration = new Map(vehicles.map(each => [each.registration, each]));
  const byNumber = new Map(vehicles.map(each => [Number(each.vehicle_id?.slice(1)), each]));
  return record => {
    const said = [23, 22, 12].map(at => fieldOf(record, at).replaceAll(" ", "")).find(text => byRegistration.has(text));
    return said === undefined ? byNumber.get(Number(fieldOf(record, 14))) : byRegistration.get(said);
  };
}
