import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {shellTransactions} from "../../src/sources/shell/shell.ts";
import {isOf, read} from "./fleet-given.ts";

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
    ["half a text", answer(sale).slice(0, 200), "not whole JSON: damaged or cut off"],
    ["a list alone", "[]", "no JSON object"]
  ])("%s is refused", (_, text, message) => {
    expect(() => read(shellTransactions, text)).toThrow(message);
    expect(() => read(shellTransactions, text)).toThrow(FeedError);
  });
});
