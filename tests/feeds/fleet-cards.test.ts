import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {shellTransactions} from "../../src/feeds/fleet/shell.ts";
import {texaco} from "../../src/feeds/fleet/texaco.ts";
import {ukFuels} from "../../src/feeds/fleet/uk-fuels.ts";
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

describe("Shell", () => {
  const sale = {
    TransactionId: "81001",
    SalesItemId: 9001,
    OriginalSalesItemId: null,
    CardPAN: "7000000000000000033",
    VehicleRegistration: "qz75 kpl",
    DriverName: "NOBODY IN PARTICULAR",
    OdometerInput: 20_411,
    TransactionDate: "20260514",
    TransactionTime: "00:15:30",
    UTCOffset: "+01:00",
    ProductCode: "21",
    FuelProduct: true,
    Quantity: 51.3,
    TransactionNetAmount: 60.07,
    CreditDebitCode: "D",
    CorrectionFlag: "N",
    RefundFlag: "N",
    IsCancelled: false
  };
  const credit = {...sale, TransactionId: "81002", SalesItemId: 9002, OriginalSalesItemId: 9001, CreditDebitCode: "C"};
  const answer = (...data: object[]) =>
    JSON.stringify({
      RequestId: "r",
      Status: {Code: "0000"},
      Data: data,
      Page: 1,
      TotalPages: 1,
      TotalRecords: data.length
    });
  const amounts = (...data: object[]) =>
    read(shellTransactions, answer(...data)).rows.map(({quantity, cost_gbp}) => `${quantity} ${cost_gbp}`);
  const {TransactionNetAmount: _, ...unpricedCredit} = credit;

  test("a sale, at its instant in UTC", () => {
    expect(isOf(shellTransactions, answer(sale))).toBe(true);
    expect(read(shellTransactions, answer(sale)).rows).toEqual([
      {
        line: 1,
        transaction_id: "81001/9001",
        drawn_at: "2026-05-13T23:15:30Z",
        registration: "QZ75KPL",
        fleet_number: null,
        product_code: "21",
        quantity: "51.30",
        cost_gbp: "60.07",
        mileage: 20_411,
        is_credit: false
      }
    ]);
  });

  test("a credit's quantity stays above nought, and takes away", () => {
    expect(amounts(sale, credit)).toEqual(["51.30 60.07", "-51.30 -60.07"]);
    expect(amounts(sale, {...credit, Quantity: -51.3, TransactionNetAmount: -60.07})[1]).toBe("-51.30 -60.07");
    expect(read(shellTransactions, answer(sale, credit)).rows.map(row => row.is_credit)).toEqual([false, true]);
  });

  test("a credit without an amount costs what it takes back, only where its quantity is the same", () => {
    expect(amounts(unpricedCredit, sale)).toEqual(["-51.30 -60.07", "51.30 60.07"]);
    const {rows, rejected} = read(shellTransactions, answer(sale, {...unpricedCredit, Quantity: 10}));
    expect(rows).toHaveLength(1);
    expect(rejected).toEqual([{line: 2, rule: "a priced transaction has an amount", value: ""}]);
  });

  test("a cancelled sale is nothing, unless a credit takes it back", () => {
    const cancelled = {...sale, IsCancelled: true};
    expect(amounts(cancelled)).toEqual(["0.00 0.00"]);
    expect(amounts(cancelled, credit)).toEqual(["51.30 60.07", "-51.30 -60.07"]);
  });

  test("a correction follows its code", () => {
    const again = {...sale, TransactionId: "81003", SalesItemId: 9003, CorrectionFlag: "Y", Quantity: 50};
    expect(amounts(sale, {...credit, CorrectionFlag: "Y"}, again)).toEqual([
      "51.30 60.07",
      "-51.30 -60.07",
      "50.00 60.07"
    ]);
  });

  test.each([
    [{CreditDebitCode: "X"}, "a transaction is a credit (C) or a debit (D)"],
    [{CreditDebitCode: null}, "a transaction is a credit (C) or a debit (D)"],
    [{RefundFlag: "Y"}, "a refund is a credit"],
    [{Quantity: -51.3}, "a debit is not below nought"],
    [{Quantity: null}, "the quantity is a number"],
    [{Quantity: {}}, "the quantity is a number"],
    [{TransactionNetAmount: "n/a"}, "the amount is a number"],
    [{TransactionNetAmount: null}, "a priced transaction has an amount"],
    [{TransactionDate: "20260231"}, "the date, time and offset are real ones"],
    [{UTCOffset: "summer"}, "the date, time and offset are real ones"],
    [{ProductCode: ""}, "a transaction has a product code"]
  ])("%j is rejected", (change, rule) => {
    expect(read(shellTransactions, answer({...sale, ...change})).rejected.map(reject => reject.rule)).toEqual([rule]);
  });

  test("without numbers a transaction is named by what it says, and which of those alike it is", () => {
    const unnumbered = {...sale, TransactionId: null, SalesItemId: null, SiteCode: "S1"};
    const ids = () => read(shellTransactions, answer(unnumbered, unnumbered)).rows.map(row => row.transaction_id);
    expect(ids()).toEqual(["2026-05-13T23:15:30Z S1 21 51.30  #1", "2026-05-13T23:15:30Z S1 21 51.30  #2"]);
    expect(ids()).toEqual(ids());
  });

  test("an amount keeps every digit", () => {
    expect(amounts(sale).length).toBe(1);
    const text = answer(sale).replace("51.3,", "12345678901234567.89,");
    expect(read(shellTransactions, text).rows[0]?.quantity).toBe("12345678901234567.89");
  });

  test("neither card nor driver is in what is read", () => {
    const all = JSON.stringify(read(shellTransactions, answer(sale, {...sale, Quantity: "NOBODY IN PARTICULAR"})));
    expect(all).not.toMatch(/7000000|NOBODY/);
  });

  test.each([
    ["an error", JSON.stringify({RequestId: "r", Status: {Code: "1004"}, TotalRecords: 0}), "an error: status 1004"],
    ["an error beside data", answer(sale).replace("0000", "0400"), "status 0400"],
    ["no list", JSON.stringify({RequestId: "r", Data: null, TotalRecords: 0}), "without its list"],
    ["a list cut short", answer(sale).replace('"TotalRecords":1', '"TotalRecords":2'), "says 2 transactions and has 1"],
    ["half a text", answer(sale).slice(0, 200), "not JSON, or cut off"],
    ["a list alone", "[]", "no JSON object"]
  ])("%s is refused", (_, text, message) => {
    expect(() => read(shellTransactions, text)).toThrow(message);
    expect(() => read(shellTransactions, text)).toThrow(FeedError);
  });
});
