import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {isKeyfuels, parseKeyfuels} from "../../src/sources/keyfuels/keyfuels.ts";
import {type Control, controlLine, type Drawing, drawingLine, fileOf, oneDrawing, recordLine} from "./keyfuels-file.ts";

/** 45.12 and 60.00 litres drawn, the 60.00 credited, 10.30 drawn: 55.42 litres for 63.17 + 84.00 − 84.00 + 15.45 = £78.62. */
const drawings: readonly Drawing[] = [
  {number: "500000001", typed: "MX70 ABC    "},
  {number: "500000002", time: "08:02:45", quantity: "00000060.00", cost: "0084.00", typed: "", mileage: "0000001"},
  {number: "500000003", type: "8", quantity: "00000060.00", quantitySign: "-", cost: "0084.00", costSign: "-"},
  {number: "500000003", sequence: "002", quantity: "00000010.30", quantitySign: "", cost: "0015.45", costSign: " "}
];
const control: Control = {count: "0000004", quantity: "00000055.42", cost: "0078.62"};
const whole = fileOf(drawings, control);
const lines = whole.trimEnd().split("\r\n");

const only = (drawing: Drawing) => {
  const {transactions, rejected} = parseKeyfuels(oneDrawing(drawing));
  expect(rejected).toEqual([]);
  expect(transactions).toHaveLength(1);
  return transactions[0];
};

test("each drawing is a transaction, and a credit takes away", () => {
  const file = parseKeyfuels(whole);
  expect(file.transactions[0]).toEqual({
    line: 1,
    transaction_id: "500000001/001",
    drawn_at: "2026-06-22 07:41:12",
    registration: "MX70ABC",
    fleet_number: "417",
    product_code: "018",
    quantity: "45.12",
    cost_gbp: "63.17",
    mileage: 45_210,
    is_credit: false
  });
  expect(file.transactions.map(({quantity}) => quantity)).toEqual(["45.12", "60.00", "-60.00", "10.30"]);
  expect(file.transactions.map(({cost_gbp}) => cost_gbp)).toEqual(["63.17", "84.00", "-84.00", "15.45"]);
  expect(file.transactions.map(({is_credit}) => is_credit)).toEqual([false, false, true, false]);
  expect(file.transactions.map(({transaction_id}) => transaction_id).slice(2)).toEqual([
    "500000003/001",
    "500000003/002"
  ]);
  expect(file).toMatchObject({rejected: [], records: 4, issued: "2026-06-23 02:00:00"});
});

describe("signs", () => {
  test.each([
    ["+", "+", "45.12", "63.17", false],
    ["", " ", "45.12", "63.17", false],
    ["-", "-", "-45.12", "-63.17", true],
    ["-", "+", "-45.12", "63.17", true],
    ["+", "-", "45.12", "-63.17", true]
  ])("%j governs the litres and %j the pounds", (quantitySign, costSign, quantity, cost_gbp, is_credit) => {
    expect(only({quantitySign, costSign})).toMatchObject({quantity, cost_gbp, is_credit});
  });

  test("nothing has none, and is fine", () => {
    const nothing = {quantity: "00000000.00", quantitySign: "-", cost: "0000.00", costSign: "-"};
    expect(only(nothing)).toMatchObject({quantity: "0.00", cost_gbp: "0.00", is_credit: false});
  });

  test("more given back than drawn is a sum below nothing", () => {
    expect(only({quantitySign: "-", costSign: "-"})?.quantity).toBe("-45.12");
    expect(() => parseKeyfuels(fileOf([{quantitySign: "-"}], {count: "1", quantity: "45.12", cost: "63.17"}))).toThrow(
      "line 2: the quantity of the control record is 45.12, and the drawings sum to -45.12"
    );
  });
});

describe("fields", () => {
  test.each([
    ["45", "45.00"],
    ["45.1", "45.10"],
    ["0", "0.00"],
    ["00000000.07", "0.07"],
    ["99999999999999999.99", "99999999999999999.99"]
  ])("the amount %j is %s", (text, quantity) => {
    expect(only({quantity: text})?.quantity).toBe(quantity);
  });

  test.each([
    [{typed: " mx70 abc ", onCard: "A1", primary: "B2"}, "MX70ABC"],
    [{typed: "   ", onCard: "a 1", primary: "B2"}, "A1"],
    [{typed: "", onCard: "", primary: "spare 2     "}, "SPARE2"],
    [{typed: "", onCard: " ", primary: "            "}, null]
  ])("the registration of %j is %j", (drawing, registration) => {
    expect(only(drawing)?.registration).toBe(registration);
  });

  test.each([
    ["000417", "417"],
    [" 000010 ", "10"],
    ["000000", null],
    ["", null]
  ])("the fleet number %j is %j", (fleetNumber, fleet_number) => {
    expect(only({fleetNumber})?.fleet_number).toBe(fleet_number);
  });

  test.each([
    ["0045210", 45_210],
    ["0000002", 2],
    ["9999998", 9_999_998],
    ["", null],
    ["0000000", null],
    ["0000001", null],
    ["9999999", null],
    ["0999999", null],
    ["999999", null],
    ["45210 km", null],
    ["-5", null]
  ])("the mileage %j is %j", (text, mileage) => {
    expect(only({mileage: text})?.mileage).toBe(mileage);
  });

  test("a comma within quotes is of its field", () => {
    expect(only({primary: "VAN, BLUE", typed: "", onCard: ""})?.registration).toBe("VAN,BLUE");
  });
});

describe("a drawing is rejected, and still counted", () => {
  test.each<[Drawing, string, string]>([
    [{number: ""}, "a drawing has a transaction number", ""],
    [{sequence: "   "}, "a drawing has a sequence within its transaction", ""],
    [{date: "2026-02-30"}, "the date is a real one, YYYY-MM-DD", "2026-02-30"],
    [{date: "22/06/2026"}, "the date is a real one, YYYY-MM-DD", "22/06/2026"],
    [{date: "2026-6-2"}, "the date is a real one, YYYY-MM-DD", "2026-6-2"],
    [{date: ""}, "the date is a real one, YYYY-MM-DD", ""],
    [{time: "24:00:00"}, "the time is a real one, HH:MM:SS", "24:00:00"],
    [{time: "07:60:00"}, "the time is a real one, HH:MM:SS", "07:60:00"],
    [{time: "07:41"}, "the time is a real one, HH:MM:SS", "07:41"],
    [{product: "   "}, "a drawing has a product code", ""]
  ])("%j", (broken, rule, value) => {
    const {transactions, rejected, records} = parseKeyfuels(
      fileOf(drawings.with(1, {...drawings[1], ...broken}), control)
    );
    expect(rejected).toEqual([{line: 2, rule, value}]);
    expect(transactions.map(({line}) => line)).toEqual([1, 3, 4]);
    expect(records).toBe(4);
  });
});

describe("the same is read from", () => {
  test.each([
    ["LF", whole.replaceAll("\r\n", "\n")],
    ["CR", whole.replaceAll("\r\n", "\r")],
    ["no final newline", whole.trimEnd()],
    ["blank last lines", `${whole}\r\n  \r\n`],
    ["a UTF-8 mark", `\ufeff${whole}`],
    ["no quotes", whole.replaceAll('"', "")],
    ["every field quoted after a UTF-8 mark", `\ufeff${whole}`.replaceAll(/^(\ufeff?)([12]),/gm, '$1"$2",')],
    ["every field quoted", whole.replaceAll(/^([12]),/gm, '"$1",')]
  ])("%s", (_name, text) => {
    expect(text).not.toBe(whole);
    expect(parseKeyfuels(text)).toEqual(parseKeyfuels(whole));
    expect(isKeyfuels(text.split(/[\r\n]/)[0] ?? "")).toBe(true);
  });
});

describe("a file is refused", () => {
  const said = (change: Partial<Control>) => fileOf(drawings, {...control, ...change});
  const broken = (change: Drawing) => fileOf(drawings.with(1, {...drawings[1], ...change}), control);
  const refusals: [string, string, string][] = [
    ["empty", "", "the file is cut off: 0 drawings and no control record (type 2)"],
    ["cut off", lines.slice(0, 4).join("\n"), "the file is cut off: 4 drawings and no control record (type 2)"],
    [
      "with two controls",
      lines.concat(lines[4] ?? "").join("\n"),
      "line 6: a second control record after the control record on line 5"
    ],
    [
      "with a drawing after",
      lines.concat(lines[0] ?? "").join("\n"),
      "line 6: a drawing after the control record on line 5"
    ],
    ["with the control first", lines.toReversed().join("\n"), "line 2: a drawing after the control record on line 1"],
    ["with a third type", whole.replace(/^1/, "3"), 'line 1: the record type is "3", not 1 or 2'],
    ["with no type", whole.replace(/^1/, ""), 'line 1: the record type is "", not 1 or 2'],
    ["with 25 fields", lines.with(1, `${lines[1]},`).join("\n"), "line 2: 25 fields where 24 belong"],
    [
      "with 23 fields",
      lines.with(1, (lines[1] ?? "").replace('"018",', "")).join("\n"),
      "line 2: 23 fields where 24 belong"
    ],
    ["with a cut line", lines.with(1, (lines[1] ?? "").slice(0, 40)).join("\n"), "line 2: "],
    [
      "with a lone quote",
      lines.with(1, (lines[1] ?? "").replace('"018"', '"018')).join("\n"),
      "line 2: a quote without its partner"
    ],
    [
      "counting too many",
      said({count: "0000005"}),
      'line 5: the control record counts "0000005" drawings, and 4 are there'
    ],
    ["counting too few", said({count: "3"}), 'line 5: the control record counts "3" drawings, and 4 are there'],
    ["counting in another way", said({count: "4.0"}), 'line 5: the control record counts "4.0" drawings, and 4 are'],
    ["counting none", said({count: ""}), 'line 5: the control record counts "" drawings, and 4 are there'],
    [
      "with a litre lost",
      said({quantity: "54.42"}),
      "line 5: the quantity of the control record is 54.42, and the drawings sum to 55.42"
    ],
    [
      "with credits added",
      said({quantity: "00000175.42"}),
      "line 5: the quantity of the control record is 175.42, and the drawings sum to 55.42"
    ],
    [
      "with a penny found",
      said({cost: "0078.63"}),
      "line 5: the cost of the control record is 78.63, and the drawings sum to 78.62"
    ],
    [
      "with a sum below nothing",
      said({quantitySign: "-"}),
      "line 5: the quantity of the control record is -55.42, and the drawings sum to 55.42"
    ],
    ["with a sum of no number", said({cost: "n/a"}), 'line 5: the cost "n/a" is no number of two decimals'],
    ["made on no day", said({date: "2026-06-31"}), 'line 5: "2026-06-31 02:00:00" is no time at which a file is made'],
    ["made on a day at no time", said({time: ""}), 'line 5: "2026-06-23 " is no time at which a file is made'],
    ["with another quantity sign", broken({quantitySign: "C"}), 'line 2: the sign of the quantity is "C", not + or -'],
    ["with another cost sign", broken({costSign: "CR"}), 'line 2: the sign of the cost is "CR", not + or -'],
    ...["", "-60.00", "+60.00", "60.000", "60,00", "6e1", ".5", "60.", "sixty", "0x3C", "1 000.00", "٦٠"].map(
      (quantity): [string, string, string] => [
        `with a quantity of ${JSON.stringify(quantity)}`,
        broken({quantity}),
        `line 2: the quantity "${quantity}" is no number`
      ]
    )
  ];

  test.each(refusals)("%s", (_name, text, reason) => {
    expect(() => parseKeyfuels(text)).toThrow(FeedError);
    expect(() => parseKeyfuels(text)).toThrow(reason);
  });

  test("in words that name no vehicle and no card", () => {
    for (const [, text] of refusals) {
      const words = (() => {
        try {
          return parseKeyfuels(text) && "";
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect(words).not.toMatch(/ZZ99|MX70|7000000000000000099/);
    }
  });
});

test("a file of no drawings says when it was made, or does not", () => {
  const none = {count: "0000000", quantity: "00000000.00", cost: "0000.00"};
  expect(parseKeyfuels(fileOf([], none))).toEqual({
    transactions: [],
    rejected: [],
    records: 0,
    issued: "2026-06-23 02:00:00"
  });
  expect(parseKeyfuels(fileOf([], {...none, date: " ", time: ""})).issued).toBeNull();
});

test("a Keyfuels file is known by its first line, though its values are wrong", () => {
  const known = [drawingLine({}), controlLine(control), drawingLine({date: "soon", quantity: "many", product: ""})];
  for (const line of known) expect(isKeyfuels(line), line).toBe(true);
  const others = [
    "",
    "1",
    "Date,Product,Litres",
    `${drawingLine({})},`,
    drawingLine({}).replace(/^1/, "3"),
    drawingLine({number: "Transaction"}),
    drawingLine({quantitySign: "litres"}),
    drawingLine({}).replace('"', ""),
    recordLine(["1", ...new Array<string>(23).fill("x")])
  ];
  for (const line of others) expect(isKeyfuels(line), line).toBe(false);
});
