import type {RecordFormat} from "../record-format.ts";
import {firstLineOf} from "../text/file-start.ts";
import {isKeyfuels, parseKeyfuels} from "./keyfuels.ts";

/** Keyfuels E01: the drawings on a provider's fuel cards. */
export const keyfuelsE01: RecordFormat<"fuel"> = {
  name: "keyfuels-e01",
  description:
    "Keyfuels E01: a record for each drawing, credits with their own signs, and a control record that must agree",
  evidence:
    "Field positions as a public importer of a fuel-card reseller reads them; the quoted dress and what type 8 means are unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "fuel",
  provider: "keyfuels",
  version: 1,
  isOf: start => isKeyfuels(firstLineOf(start)),
  parse: text => {
    const {transactions, rejected, records, issued} = parseKeyfuels(text);
    return {rows: transactions, rejected, records, issued, dropped: 0};
  }
};
