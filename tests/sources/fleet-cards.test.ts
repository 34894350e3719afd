import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {texaco} from "../../src/sources/fuel-cards/texaco.ts";
import {ukFuels} from "../../src/sources/fuel-cards/uk-fuels.ts";
import {isOf, read} from "./fleet-given.ts";

const card = "70000000000000000033";

interface Card {
  readonly date?: string;
  readonly time?: string;
  readonly registration?: string;
  readonly mileage?: string;
  readonly quantity?: string;
  readonly product?: string;
  readonly item?: string;
  readonly price?: string;
  readonly last?: string;
}

function line(given: Card = {}): string {
  const {
    date = "140526",
    time = "0615",
    registration = "QZ38FTS     ",
    mileage = "0031207",
    quantity = "00003875"
  } = given;
  const {product = "18", item = "000000501", price = "00005619", last = card} = given;
  const before = ["007", "002", "1", "0000054321", "0000001234", date, time, "0009876", registration, "", mileage];
  return [...before, quantity, product, "0091", "", "", "05", "2", item, price, last]
    .map(cell => `"${cell}"`)
    .join(",");
}

const lines = (...all: string[]) => `${all.join("\r\n")}\r\n`;

describe("UK Fuels", () => {
  test("amounts are whole hundredths: 00003875 is 38.75 litres and 00005619 £56.19", () => {
    const {rows, ...file} = read(ukFuels, lines(line()));
    expect(file).toEqual({rejected: [], dropped: 0, records: 1, issued: null});
    expect(rows).toEqual([
      {
        line: 1,
        transaction_id: "000000501/2026-05-14T0615",
        drawn_at: "2026-05-14 06:15:00",
        registration: "QZ38FTS",
        fleet_number: null,
        product_code: "18",
        quantity: "38.75",
        cost_gbp: "56.19",
        mileage: 31_207,
        is_credit: false
      }
    ]);
  });

  test("a sign before an amount takes it away", () => {
    const {rows} = read(ukFuels, lines(line(), line({item: "000000502", quantity: "-0003875", price: "-0005619"})));
    expect(rows.map(({quantity, cost_gbp, is_credit}) => [quantity, cost_gbp, is_credit])).toEqual([
      ["38.75", "56.19", false],
      ["-38.75", "-56.19", true]
    ]);
  });

  test.each([
    ["0000000", null],
    ["0000001", null],
    ["0999999", null],
    ["", null],
    ["12X", null],
    ["0000452", 452]
  ])("the mileage %j is %j", (mileage, expected) => {
    expect(read(ukFuels, lines(line({mileage}))).rows[0]?.mileage).toBe(expected);
  });

  test.each([
    [{date: "310626"}, "the date is a real one, DDMMYY", "310626"],
    [{date: "260614"}, undefined, undefined],
    [{date: "140026"}, "the date is a real one, DDMMYY", "140026"],
    [{time: "2400"}, "the time is a real one, HHMM", "2400"],
    [{item: ""}, "a drawing has an item transaction number", ""],
    [{product: ""}, "a drawing has a product code", ""],
    [{quantity: "38.75"}, "the quantity is a whole number of hundredths", "38.75"],
    [{quantity: ""}, "the quantity is a whole number of hundredths", ""],
    [{price: "QZ38FTS"}, "the price is a whole number of hundredths", "not shown, it may be personal"]
  ])("%j is told by its rule", (given, rule, value) => {
    const {rows, rejected} = read(ukFuels, lines(line(), line({item: "000000502", ...given})));
    if (rule === undefined) return expect(rows).toHaveLength(2);
    expect(rejected).toEqual([{line: 2, rule, value}]);
    expect(rows).toHaveLength(1);
  });

  test("a drawing twice is one; one number with two contents is neither", () => {
    const {rows, rejected, dropped} = read(
      ukFuels,
      lines(line(), line(), line({item: "000000502"}), line({item: "000000502", quantity: "00000100"}))
    );
    expect(rows.map(row => row.line)).toEqual([1]);
    expect(dropped).toBe(1);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [3, "repeated"],
      [4, "repeated"]
    ]);
  });

  test("an item number that begins anew on another day is another drawing", () => {
    expect(read(ukFuels, lines(line(), line({date: "150526"}))).rows).toHaveLength(2);
  });

  test("the card is nowhere in what is read, nor in what is said of what is not", () => {
    const whole = read(ukFuels, lines(line(), line({item: "", quantity: card})));
    expect(JSON.stringify(whole)).not.toMatch(/7000000|0009876/);
  });

  test.each([
    ["nothing", ""],
    ["blank lines", "\r\n\n"],
    ["a line cut off", lines(line()).slice(0, 60)],
    ["a field too many", lines(`${line()},"1"`)],
    ["a NUL", lines(line().replace("18", "1\0"))],
    ["a quote without its partner", lines(line().slice(0, -1))]
  ])("%s is refused", (_, text) => {
    expect(() => read(ukFuels, text)).toThrow(FeedError);
  });

  test.each([
    ["CR", "\r"],
    ["LF", "\n"],
    ["CRLF", "\r\n"]
  ])("lines end with %s, and a byte-order mark is passed over", (_, end) => {
    const text = `\ufeff${[line(), line({item: "000000502"})].join(end)}${end}`;
    expect(isOf(ukFuels, text)).toBe(true);
    expect(read(ukFuels, text).rows.map(row => row.line)).toEqual([1, 2]);
  });
});

describe("Texaco", () => {
  const iso = (given: Card = {}) => line({last: "700001", ...given});
  const credit = iso({item: "000000503", quantity: "-0000875", price: "-0001000"});
  const three = [iso(), iso({item: "000000502", quantity: "00001000", product: "25"}), credit];

  test("38.75 + 10.00 − 8.75 = 40.00 litres in three drawings", () => {
    for (const total of ["00004000", "40.00", "4000"]) {
      const {rows, records, issued} = read(texaco, lines(...three, `T,${total},3,20260515`));
      expect(rows.map(({quantity}) => quantity)).toEqual(["38.75", "10.00", "-8.75"]);
      expect([records, issued]).toEqual([3, "2026-05-15 00:00:00"]);
    }
  });

  test("a rejected drawing counts in the trailer, and is told", () => {
    const {rows, rejected} = read(texaco, lines(iso({date: "310626"}), `"T","00003875","1","20260515"`));
    expect(rows).toEqual([]);
    expect(rejected).toHaveLength(1);
  });

  test.each([
    [
      "a total that adds the credit",
      "T,57.50,3,20260515",
      "line 4: the quantity of the trailer is 57.50, and the drawings sum to 40.00"
    ],
    ["a total a hundred times too large", "T,4000.00,3,20260515", "the drawings sum to 40.00"],
    ["a count too large", "T,40.00,4,20260515", 'line 4: the trailer counts "4" drawings, and 3 are there'],
    ["a total that is none", "T,many,3,20260515", "is no number"],
    ["a date that is none", "T,40.00,3,20260231", "is no date on which a file is made"],
    ["a field too few", "T,40.00,3", "3 fields of a trailer"]
  ])("%s is refused", (_, trailer, message) => {
    expect(() => read(texaco, lines(...three, trailer))).toThrow(message);
  });

  test("a file without its trailer is cut off; nothing may follow it", () => {
    expect(() => read(texaco, lines(...three))).toThrow("the file is cut off: 3 drawings and no trailer (T)");
    expect(() => read(texaco, lines(iso(), "T,38.75,1,20260515", iso()))).toThrow("line 3: a record after the trailer");
    expect(() => read(texaco, lines(iso({quantity: "many"}), "T,0,1,20260515"))).toThrow("no sum can be proved");
  });

  test("a file without drawings is known by its trailer", () => {
    expect(isOf(texaco, "T,0,0,20260515")).toBe(true);
    expect(read(texaco, "T,0,0,20260515")).toMatchObject({rows: [], records: 0});
  });

  test("the two are told apart by their last field", () => {
    expect([isOf(texaco, three.join("\n")), isOf(ukFuels, three.join("\n"))]).toEqual([true, false]);
    expect([isOf(texaco, line()), isOf(ukFuels, line())]).toEqual([false, true]);
  });
});
