import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {suppliers, unknownSupplier} from "../../src/sources/tradacoms/suppliers.ts";
import {tradacoms} from "../../src/sources/tradacoms/tradacoms.ts";
import {type Charge, dayAndNight, edi, fileOfBills, gasBill, transmissionSegments} from "./bills-tradacoms-file.ts";

const parse = (text: string) => tradacoms.parse(text, {fileName: "bills.edi", meterPointId: null});
const refusal = (text: string) => () => parse(text);
const isOf = (head: string) => tradacoms.isOf({fileName: "bills.edi", head});
const segments = transmissionSegments([dayAndNight]);
const changed = (from: string, to: string) => edi(segments).replace(from, to);

describe("a file that cannot be believed is refused", () => {
  test.each([
    ["another count of messages", changed("END=3'", "END=4'"), 'segment 22: END counts "4" messages, and 3 are there'],
    ["another count of segments", changed("MTR=12'", "MTR=10'"), 'MTR counts "10" segments, and 12 are there'],
    ["a count that is none", changed("MTR=12'", "MTR='"), 'MTR counts "" segments, and 12 are there'],
    ["no end", edi(segments.slice(0, -1)), "the file is cut off: it has no end of transmission (END)"],
    ["cut off within a segment", edi(segments).slice(0, 700), "the file is cut off within it"],
    [
      "a message without a trailer",
      edi(segments.filter(text => !text.startsWith("MTR=5"))),
      "before that of segment 2 ends"
    ],
    ["a segment in no message", changed("MHD=2", "CDT=2"), "CDT is in no message"],
    ["a second start", changed("TYP=0715", "STX=ANA:1"), "STX within the transmission"],
    ["no start", edi(segments.slice(1)), "line 1: not the start of a transmission (STX)"],
    ["nothing", "", "line 1: not the start"],
    ["no segment", "STX=ANA:1'\0\0\0\0'", "is no segment code"],
    ["UTF-16 read as text", [...edi(segments)].join("\0"), "the file is cut off within it"]
  ])("%s", (_name, text, reason) => {
    expect(refusal(text)).toThrow(FeedError);
    expect(refusal(text)).toThrow(reason);
  });

  test("what is cut off anywhere is refused, never half read", () => {
    const text = edi(segments);
    for (let length = 0; length < text.trimEnd().length; length += 7)
      expect(refusal(text.slice(0, length))).toThrow(FeedError);
  });

  test("a refusal repeats nothing personal", () => {
    expect(refusal(changed("MTR=12'", "MTR=QZ38FTS'"))).toThrow('MTR counts "not shown, it may be personal" segments');
  });
});

describe("how a file is known", () => {
  test.each([
    ["a bill", edi(segments), true],
    ["with a byte-order mark, on one line", `\ufeff${edi(segments, "")}`, true],
    ["an invoice of goods", edi(segments).replaceAll("UTL", "INV"), false],
    ["CSV", "STX,ANA", false],
    ["nothing", "", false]
  ])("%s", (_name, head, isKnown) => expect(isOf(head)).toBe(isKnown));
});

describe("how a text is split", () => {
  test("a released separator is a character: in a customer's name, an account and a bill's number", () => {
    const bill = {...dayAndNight, customer: "King?'s Mill ?+ Depot?: 1??", account: "A?:1?+2", number: "7?'8??"};
    const {rows, rejected} = parse(fileOfBills([bill]));
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([{account: "A:1+2", bill_id: "5099999000017/7'8?", quantity: "1249"}]);
  });

  test("segments outside the dictionary are passed over", () => {
    expect(
      parse(fileOfBills([{...dayAndNight, others: ["REF=", "ZZZ=1+2", ...(dayAndNight.others ?? [])]}])).rows
    ).toHaveLength(1);
  });
});

describe("sums that do not come out", () => {
  const line = (others: Partial<Charge>): Charge => ({
    indicator: "2",
    cons: "947000:KWH",
    from: "260601",
    to: "260630",
    price: "24555",
    total: "23254",
    ...others
  });
  const read = (...charges: Charge[]) => parse(fileOfBills([{charges}]));

  test.each([
    ["the charge to the penny", {total: "23254"}, 0],
    ["a penny more", {total: "23255"}, 1],
    ["a penny less", {total: "23253"}, 0],
    ["ten times the price", {price: "245550"}, 1],
    ["a hundredth of the price, which is another supplier's scale", {total: "233"}, 0],
    ["no price", {price: "", total: "99999"}, 0]
  ])("units × price: %s", (_name, others, rejects) => {
    const {rows, rejected} = read(line(others));
    expect([rows.length, rejected.length]).toEqual([1 - rejects, rejects]);
  });

  test("a charge that is wrong is reported, and the consumption beside it stands", () => {
    const {rows, rejected, records} = read(line({}), {
      indicator: "4",
      units: "31000:DAY",
      price: "61200",
      total: "9999"
    });
    expect(rows).toHaveLength(1);
    expect(rejected).toEqual([
      {line: 11, rule: "units at their price are the charge, to the penny", value: "31 × 61200: 99.99"}
    ]);
    expect(records).toBe(2);
  });

  test("one register that is wrong leaves no row of the others", () => {
    const {rows, rejected} = read(line({}), line({text: "Night", cons: "100000:KWH", total: "1"}));
    expect([rows, rejected.map(({line}) => line)]).toEqual([[], [11]]);
  });

  test("gas: volume × correction × calorific value / 3.6", () => {
    expect(parse(fileOfBills([gasBill]))).toMatchObject({rows: [{quantity: "4588.961", unit: "kWh"}], rejected: []});
    const wrong = fileOfBills([gasBill]).replace("412000:M3", "412000:HCUF");
    expect(parse(wrong)).toMatchObject({
      rows: [],
      rejected: [
        {
          rule: "volume × correction × calorific value / 3.6 is the energy",
          value: "412 × 1.02264 × 39.21 / 3.6, 4588.961"
        }
      ]
    });
  });

  test("gas in hundreds of cubic feet: 145.5 × 2.83168 m3 are 412.00944 m3", () => {
    const text = fileOfBills([gasBill]).replace("412000:M3", "145500:HCUF");
    expect(parse(text)).toMatchObject({rows: [{quantity: "4588.961"}], rejected: []});
  });

  test("a volume without energy is cubic metres, as water is", () => {
    const charges = [{indicator: "2", location: "3012345678W11", cons: "27000:M3", from: "260601", to: "260630"}];
    expect(parse(fileOfBills([{charges}])).rows).toMatchObject([{meter: "3012345678W11", quantity: "27", unit: "m3"}]);
  });

  test("charges that do not add up to the bill's net", () => {
    const {rows, rejected} = parse(fileOfBills([{charges: [line({})], net: "30000", vat: "0"}]));
    expect(rows).toMatchObject([{net_gbp: "300.00"}]);
    expect(rejected).toMatchObject([{rule: "bill total: its charges add up to its net", value: "232.54, 300.00"}]);
  });

  test("file totals that are not those of the bills are reported, and the bills stand", () => {
    const {rows, rejected} = parse(fileOfBills([dayAndNight], {totals: "30411+6083++++2"}));
    expect(rows).toHaveLength(1);
    expect(rejected.map(({rule, value}) => [rule, value])).toEqual([
      ["file total: net (FASU) is that of its bills", "304.11, 304.10"],
      ["file total: VAT (UVAT) is that of its bills", "60.83, 60.82"],
      ["file total: number of bills is that of its bills", "2, 1"]
    ]);
  });
});

describe("fields that cannot be read", () => {
  const read = (from: string, to: string) => parse(changed(from, to));

  test.each([
    ["consumption with a point", "947000:KWH+", "947.000:KWH+", "an amount is digits without a point (CONS)"],
    ["a minus sign", "23254", "-23254", "an amount is digits without a point (CTOT)"],
    ["a credit indicator of its own", "23254", "23254:X", "the credit indicator is R or nothing (CTOT)"],
    ["a date that is none", "260601+260630+24555", "260601+260631+24555", "a date is a real one, YYMMDD (CEDT)"],
    ["a number without end", "23254", "9".repeat(60), "an amount is digits without a point (CTOT)"],
    ["a bill type there is not", "+N+", "+Q+", "a bill is normal, final or withdrawn: N, F, W (BTCD)"],
    ["no number", "INV70001", "", "a bill has a number (INVN)"],
    [
      "a supply period that is none",
      "260601:260630'",
      "260631:260630'",
      "the supply period is of real dates, YYMMDD (SUMO)"
    ]
  ])("%s", (_name, from, to, rule) => {
    const {rows, rejected} = read(from, to);
    expect(rows).toEqual([]);
    expect(rejected.map(({rule}) => rule)).toContain(rule);
  });

  test("a date of a charge that is no energy is reported, and the consumption stands", () => {
    const charges: Charge[] = [
      {indicator: "2", cons: "10000:KWH", from: "260601", to: "260630"},
      {indicator: "3", text: "Levy", from: "260601", to: "260631"}
    ];
    const {rows, rejected} = parse(fileOfBills([{charges}]));
    expect([rows.length, rejected.map(({line}) => line)]).toEqual([1, [11]]);
  });

  test("a period that ends before it begins", () => {
    const charges: Charge[] = [{indicator: "2", cons: "10000:KWH", from: "260630", to: "260601"}];
    expect(parse(fileOfBills([{charges}]))).toMatchObject({
      rows: [],
      rejected: [{rule: "a period ends on the day it begins or later"}]
    });
  });
});

test("every supplier of the table says how its ways are known, and none is confirmed without a real file", () => {
  for (const {name, sender, confirmation, evidence} of suppliers) {
    expect([name !== "", sender !== null]).toEqual([true, true]);
    expect([confirmation, evidence.endsWith("unconfirmed: needs a real file.")]).toEqual(["unconfirmed", true]);
  }
  expect(unknownSupplier.confirmation).toBe("unconfirmed");
});
