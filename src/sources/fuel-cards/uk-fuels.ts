import {FeedError} from "../../errors.ts";
import type {RecordFormat} from "../record-format.ts";
import {firstLineOf} from "../text/file-start.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {cardLines, drawingOf, drawingRejected, firstDrawing, transactionOfDrawing} from "./card-drawings.ts";

/**
 * UK Fuels: a line of 21 fields for each drawing, comma separated, with litres and pounds in whole hundredths (`00004512` is 45.12) and dates DDMMYY. It has
 * neither header nor control record, so a file cut off between two lines is not noticed. Where an amount has a sign it stands before it.
 */
export const ukFuels: RecordFormat<"fuel"> = {
  name: "uk-fuels",
  description:
    "UK Fuels: a comma-separated line for each drawing, amounts in whole hundredths, without a control record",
  evidence:
    "Field positions as a public importer of a fuel-card reseller reads them; how a credit is written and that item numbers may begin anew are unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "fuel",
  provider: "uk-fuels",
  version: 1,
  isOf: start => /^\d{9,20}$/.test(firstDrawing(firstLineOf(start))?.card_or_iso_number ?? ""),
  parse: text => {
    const drawings = cardLines(text).map(drawingOf);
    if (drawings.length === 0) throw new FeedError("the file is empty");
    const refused = drawings.map(drawingRejected).filter(reject => reject !== null);
    const good = drawings.filter(drawing => drawingRejected(drawing) === null).map(transactionOfDrawing);
    const {rows, rejected, dropped} = oneOfEach(good.map(row => ({row, key: row.transaction_id, version: null})));
    return {rows, rejected: [...refused, ...rejected], dropped, records: drawings.length, issued: null};
  }
};
