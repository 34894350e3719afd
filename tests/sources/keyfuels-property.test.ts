import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {type FuelFile, parseKeyfuels} from "../../src/sources/keyfuels/keyfuels.ts";
import {type Drawing, fileOf} from "./keyfuels-file.ts";

/** A drawing as planned: its amounts in hundredths, below nothing in a credit. */
interface Planned {
  readonly litres: number;
  readonly pence: number;
  /** What a plus is written as. */
  readonly plus: string;
  readonly product: string;
  readonly isDateReal: boolean;
}

const planned: fc.Arbitrary<Planned> = fc
  .record({
    size: fc.tuple(fc.nat({max: 99_999}), fc.nat({max: 99_999})),
    isCredit: fc.boolean(),
    plus: fc.constantFrom("+", "", " "),
    product: fc.constantFrom("001", "018", "045"),
    isDateReal: fc.integer({min: 0, max: 9}).map(digit => digit > 0)
  })
  .map(({size: [litres, pence], isCredit, ...others}) => ({
    ...others,
    litres: isCredit ? 0 - litres : litres,
    pence: isCredit ? 0 - pence : pence
  }));

const padded = (hundredths: number, width: number) => (Math.abs(hundredths) / 100).toFixed(2).padStart(width, "0");
const signOf = (hundredths: number, plus: string) => (hundredths < 0 ? "-" : plus);

function drawingOf({litres, pence, plus, product, isDateReal}: Planned, index: number): Drawing {
  return {
    number: String(500_000_000 + index),
    date: isDateReal ? "2026-06-22" : "2026-06-31",
    product,
    quantity: padded(litres, 11),
    quantitySign: signOf(litres, plus),
    cost: padded(pence, 7),
    costSign: signOf(pence, plus)
  };
}

const totalOf = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function planFile(plan: readonly Planned[]): string {
  const [litres, pence] = [totalOf(plan.map(({litres}) => litres)), totalOf(plan.map(({pence}) => pence))];
  return fileOf(plan.map(drawingOf), {
    count: String(plan.length).padStart(7, "0"),
    quantity: padded(litres, 11),
    quantitySign: signOf(litres, "+"),
    cost: padded(pence, 7),
    costSign: signOf(pence, "+")
  });
}

/** Hundredths of exact decimal text, by cutting out the point. */
const hundredths = (text: string) => {
  expect(text).toMatch(/^-?(0|[1-9]\d*)\.\d\d$/);
  return Number(text.replace(".", ""));
};

function totals({transactions}: FuelFile) {
  const litres = totalOf(transactions.map(({quantity}) => hundredths(quantity)));
  return {litres, pence: totalOf(transactions.map(({cost_gbp}) => hundredths(cost_gbp)))};
}

/** What becomes of a text: null where it is refused. */
function outcome(text: string): FuelFile | null {
  try {
    return parseKeyfuels(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return null;
  }
}

test("drawings and credits come out as they went in, and sum to what is left", () => {
  fc.assert(
    fc.property(fc.array(planned, {maxLength: 12}), plan => {
      const good = plan.filter(({isDateReal}) => isDateReal);
      const file = parseKeyfuels(planFile(plan));
      expect(file.transactions.map(({quantity}) => hundredths(quantity))).toEqual(good.map(({litres}) => litres));
      expect(file.transactions.map(({product_code}) => product_code)).toEqual(good.map(({product}) => product));
      expect(totals(file)).toEqual({
        litres: totalOf(good.map(({litres}) => litres)),
        pence: totalOf(good.map(({pence}) => pence))
      });
      expect(file.rejected).toHaveLength(plan.length - good.length);
      expect(file.records).toBe(plan.length);
      expect(file.transactions.every(({is_credit, quantity}) => is_credit || !quantity.startsWith("-"))).toBe(true);
    })
  );
});

test("a control record that differs by a hundredth is refused", () => {
  const file = (litres: number, pence: number, said: {litres: number; pence: number}) =>
    fileOf([{quantity: padded(litres, 11), cost: padded(pence, 7)}], {
      count: "1",
      quantity: padded(said.litres, 11),
      cost: padded(said.pence, 7)
    });
  fc.assert(
    fc.property(fc.nat({max: 99_999}), fc.nat({max: 99_999}), fc.constantFrom(1, 100, 1000), (litres, pence, more) => {
      expect(outcome(file(litres, pence, {litres, pence}))).not.toBeNull();
      expect(outcome(file(litres, pence, {litres: litres + more, pence}))).toBeNull();
      expect(outcome(file(litres, pence, {litres, pence: pence + more}))).toBeNull();
    })
  );
});

const steady: readonly Planned[] = [
  {litres: 4512, pence: 6317, plus: "+", product: "018", isDateReal: true},
  {litres: 6000, pence: 8400, plus: "", product: "018", isDateReal: true},
  {litres: -6000, pence: -8400, plus: "+", product: "018", isDateReal: true},
  {litres: 1111, pence: 2222, plus: "+", product: "001", isDateReal: true}
];

describe.each([
  ["\r\n", planFile(steady)],
  ["\n", planFile(steady).replaceAll("\r\n", "\n")]
])("a damaged file never has other totals (line ends %j)", (newline, text) => {
  const before = parseKeyfuels(text);

  /** Refused, or some of it rejected, or every litre and pound as before. */
  function expectTold(damaged: string): void {
    const after = outcome(damaged);
    if (after === null || after.rejected.length > 0) return;
    expect(totals(after), damaged).toEqual(totals(before));
    expect(after.transactions.map(({quantity}) => quantity)).toEqual(before.transactions.map(({quantity}) => quantity));
  }

  test("with any byte lost", () => {
    for (let at = 0; at < text.length; at += 1) expectTold(text.slice(0, at) + text.slice(at + 1));
  });

  test("with any byte turned into another", () => {
    for (let at = 0; at < text.length; at += 1)
      for (const byte of ["0", "9", "-", " ", ",", '"', "\n"]) {
        const after = outcome(text.slice(0, at) + byte + text.slice(at + 1));
        if (after !== null && after.rejected.length === 0) expect(totals(after)).toEqual(totals(before));
      }
  });

  test("with any line dropped, doubled or cut", () => {
    const lines = text.trimEnd().split(newline);
    for (const [at, line] of lines.entries()) {
      expect(outcome(lines.toSpliced(at, 1).join(newline)), line).toBeNull();
      expect(outcome(lines.toSpliced(at, 0, line).join(newline)), line).toBeNull();
      for (let length = 1; length < line.length; length += 1)
        expectTold(lines.with(at, line.slice(0, length)).join(newline));
    }
  });

  test("cut off anywhere before its last, empty field", () => {
    const end = text.trimEnd().length - '""'.length;
    for (let length = 0; length < end; length += 1) expect(outcome(text.slice(0, length)), `${length}`).toBeNull();
  });
});

test("any other text is refused with words", () => {
  fc.assert(fc.property(fc.string({unit: "binary"}), text => void expect(outcome(text)).toBeNull()));
});
