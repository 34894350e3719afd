import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {RecordFormat} from "../record-format.ts";
import {type Decimal, impliedPoint, poundsText, sumOf, unsignedOf} from "../text/decimal.ts";
import {firstLineOf} from "../text/file-start.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";
import {
  type CardDrawing,
  type CardLine,
  cardLines,
  drawingOf,
  drawingRejected,
  firstDrawing,
  hundredths,
  transactionOfDrawing
} from "./card-drawings.ts";

/**
 * Texaco: the drawings of UK Fuels with an ISO number in the last field, and a trailer `T,<quantity>,<count>,<YYYYMMDD>` that must be last and agree. The
 * trailer's quantity is read as litres where it has a decimal point, else as whole hundredths like the quantities it sums.
 */
export const texaco: RecordFormat<"fuel"> = {
  name: "texaco",
  description:
    "Texaco: a comma-separated line for each drawing, amounts in whole hundredths, and a trailer that must agree",
  evidence:
    "Field positions as a public importer of a fuel-card reseller reads them; no sample of a file was found, and how a credit and the trailer's quantity are written is unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "fuel",
  provider: "texaco",
  version: 1,
  isOf: start => {
    const firstLine = firstLineOf(start);
    const isoNumber = firstDrawing(firstLine)?.card_or_iso_number;
    return isoNumber === undefined
      ? /^"?T"?,"?[\d.]+"?,"?\d+"?,"?\d{8}"?\s*$/.test(firstLine)
      : /^\d{0,8}$/.test(isoNumber);
  },
  parse: text => {
    const {drawings, trailer} = sorted(cardLines(text));
    checkTrailer(drawings, trailer);
    const refused = drawings.map(drawingRejected).filter(reject => reject !== null);
    const good = drawings.filter(drawing => drawingRejected(drawing) === null).map(transactionOfDrawing);
    const {rows, rejected, dropped} = oneOfEach(good.map(row => ({row, key: row.transaction_id, version: null})));
    const all = [...refused, ...rejected];
    return {rows, rejected: all, dropped, records: drawings.length, issued: issuedOn(trailer)};
  }
};

function sorted(lines: readonly CardLine[]): {drawings: CardDrawing[]; trailer: CardLine} {
  const at = lines.findIndex(({cells: [type = ""]}) => type.toUpperCase() === "T");
  const trailer = lines[at];
  if (trailer === undefined) throw new FeedError(`the file is cut off: ${lines.length} drawings and no trailer (T)`);
  const after = lines[at + 1];
  if (after !== undefined)
    throw new FeedError(`line ${after.line}: a record after the trailer on line ${trailer.line}`);
  if (trailer.cells.length !== 4)
    throw new FeedError(`line ${trailer.line}: ${trailer.cells.length} fields of a trailer, which has 4`);
  return {drawings: lines.slice(0, at).map(drawingOf), trailer};
}

function checkTrailer(drawings: readonly CardDrawing[], {line, cells}: CardLine): void {
  const [, quantity = "", count = ""] = cells;
  if (!/^\d+$/.test(count) || Number(count) !== drawings.length)
    throw new FeedError(
      `line ${line}: the trailer counts "${shown(count)}" drawings, and ${drawings.length} are there`
    );
  const found = sumOf(drawings.map(quantityOf));
  const said = signedTotal(quantity);
  if (said === null)
    throw new FeedError(`line ${line}: the quantity of the trailer, "${shown(quantity)}", is no number`);
  if (said.eq(found)) return;
  throw new FeedError(
    `line ${line}: the quantity of the trailer is ${poundsText(said)}, and the drawings sum to ${poundsText(found)}`
  );
}

function quantityOf({line, field}: CardDrawing): Decimal {
  const quantity = hundredths(field.quantity);
  if (quantity !== null) return quantity;
  throw new FeedError(
    `line ${line}: the quantity "${shown(field.quantity)}" is no whole number, so no sum can be proved`
  );
}

function signedTotal(text: string): Decimal | null {
  const size = text.replace(/^[+-]/, "");
  const total = size.includes(".") ? unsignedOf(size, 2) : impliedPoint(size, 2);
  return total !== null && text.startsWith("-") ? total.neg() : total;
}

function issuedOn({line, cells}: CardLine): string | null {
  const text = cells[3] ?? "";
  if (text === "") return null;
  const date = text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  if (isRealDate(date)) return `${date} 00:00:00`;
  throw new FeedError(`line ${line}: "${shown(text)}" is no date on which a file is made (YYYYMMDD)`);
}
