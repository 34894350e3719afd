import fc from "fast-check";
import {expect, test} from "vitest";
import {tradacoms} from "../../src/sources/tradacoms/tradacoms.ts";
import {type Charge, edi, type PlannedBill, transmissionSegments} from "./bills-tradacoms-file.ts";

/** A register as planned: thousandths of a kWh, and a price in hundred-thousandths of a pound. */
interface Register {
  readonly kwh: number;
  readonly price: number;
}

interface Planned {
  readonly registers: readonly Register[];
  readonly isCredit: boolean;
  readonly isRepeated: boolean;
  readonly customer: string;
}

const planned: fc.Arbitrary<Planned> = fc.record({
  registers: fc.uniqueArray(
    fc.record({kwh: fc.integer({min: 1, max: 90_000_000}), price: fc.integer({min: 1, max: 99_999})}),
    {
      minLength: 1,
      maxLength: 3,
      selector: ({kwh}) => kwh
    }
  ),
  isCredit: fc.boolean(),
  isRepeated: fc.boolean(),
  customer: fc.string({maxLength: 30})
});

/** Rounded half up, by whole numbers. */
const penceOf = ({kwh, price}: Register) => Number((BigInt(kwh) * BigInt(price) * 2n + 1_000_000n) / 2_000_000n);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const released = (text: string) => text.replace(/[?+:']/g, "?$&").replace(/[\r\n]/g, " ");

function billOf({registers, isCredit, isRepeated, customer}: Planned, index: number): PlannedBill {
  const credit = isCredit ? ":R" : "";
  const charged = registers.map(
    (register): Charge => ({
      indicator: "2",
      serial: "Z1",
      cons: `${register.kwh}:KWH${credit}`,
      from: "260601",
      to: "260630",
      price: String(register.price),
      total: `${penceOf(register)}${credit}`
    })
  );
  const stated = charged.map(
    ({serial, cons}): Charge => ({indicator: "1", ...(serial && {serial}), ...(cons && {cons})})
  );
  const net = `${sum(registers.map(penceOf))}${credit}`;
  const charges = isRepeated ? [...stated, ...charged] : charged;
  return {
    number: `N${index}`,
    customer: released(customer),
    charges,
    others: ["MAN=1+1+16:0000000001:0"],
    net,
    vat: "0"
  };
}

const folded = (text: string, width: number, newline: string) =>
  text.replace(new RegExp(`.{${width}}`, "gs"), part => part + newline);

const parse = (text: string) => tradacoms.parse(text, {fileName: "bills.edi", meterPointId: null});

/** Thousandths of exact decimal text. */
function thousandths(text: string): number {
  expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,2}[1-9])?$/);
  const [whole = "", decimals = ""] = text.replace("-", "").split(".");
  return Number(whole + decimals.padEnd(3, "0")) * (text.startsWith("-") ? -1 : 1);
}

test("a file of bills says the same in any form of lines, and adds up to what it was made of", () => {
  fc.assert(
    fc.property(fc.array(planned, {maxLength: 6}), fc.integer({min: 1, max: 90}), (plan, width) => {
      const signed = (of: (register: Register) => number) =>
        sum(plan.map(({registers, isCredit}) => sum(registers.map(of)) * (isCredit ? -1 : 1)));
      const pence = signed(penceOf);
      const totals = `${Math.abs(pence)}${pence < 0 ? ":R" : ""}`;
      const segments = transmissionSegments(plan.map(billOf), {totals});
      const read = parse(edi(segments, "\n"));
      expect(read.rejected).toEqual([]);
      expect(read.rows).toHaveLength(plan.length);
      expect(sum(read.rows.map(({quantity}) => thousandths(quantity)))).toBe(signed(({kwh}) => kwh) + 0);
      expect(sum(read.rows.map(({net_gbp}) => Number(net_gbp?.replace(".", ""))))).toBe(pence + 0);
      const forms = [
        edi(segments, ""),
        edi(segments, "\r"),
        edi(segments, "\r\n\r\n"),
        `\ufeff${folded(edi(segments, ""), width, "\r\n")}`
      ];
      for (const form of forms) expect(parse(form)).toEqual(read);
    })
  );
});

test("whatever is done to one character, a file is refused or its records are accounted for", () => {
  const [bill] = [
    billOf({registers: [{kwh: 5000, price: 20_000}], isCredit: false, isRepeated: true, customer: "A"}, 1)
  ];
  const text = edi(transmissionSegments([bill], {totals: "100"}), "\n");
  fc.assert(
    fc.property(
      fc.nat({max: text.length - 1}),
      fc.constantFrom("", "'", "+", ":", "?", "\0", "9", "R", "é"),
      (at, put) => {
        try {
          const {rows, rejected, dropped, records} = parse(text.slice(0, at) + put + text.slice(at + 1));
          expect(rows.length + rejected.length + dropped).toBe(records);
        } catch (error) {
          expect((error as Error).name).toBe("FeedError");
        }
      }
    )
  );
});
