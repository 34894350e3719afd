import {wallClock} from "../../domain/british-clock.ts";
import {FeedError} from "../../errors.ts";
import {instantOf} from "../text/dates.ts";
import {isObject, type JsonObject, quantityCell, readJson, shownValue, textIn} from "../text/json.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

/**
 * IF-021, the half-hourly consumption of the Market-wide Half-Hourly Settlement. A row is a period, numbered in the order of the message: MPAN core,
 * UTC date, period of the UTC day (1 to 48, always), the reading, "" where there is none, the quantity (AI and its like) and the quality (A or E). The
 * message may stand in a list.
 *
 * Every message of the same envelope is known; one of another interface, such as the appointment IF-033, is refused, since it holds no readings. Where
 * in the message the readings stand, apart from their names, is from memory.
 *
 * @throws FeedError where it is no whole message, or holds no readings.
 */
export const mhhsIf021: Unfolder = {
  isOf: ({head}) => /^\s*[[{]/.test(head) && head.includes('"CommonBlock"') && head.includes('"interfaceID"'),
  unfold: text => {
    const messages = [readJson(text)].flat();
    if (messages.length === 0) throw new FeedError("a list without messages");
    const periods = messages.flatMap(periodsIn);
    const [rows, misshapen]: [UnfoldedRow[], MisshapenRow[]] = [[], []];
    periods.forEach((period, index) => {
      const line = index + 1;
      const quantity = quantityCell(period.value);
      const why = quantity === null ? `not a quantity: ${shownValue(period.value)}` : period.fault;
      if (why !== null || quantity === null) misshapen.push({line, why: why ?? "not a quantity"});
      else
        rows.push({line, cells: [period.mpan, period.date, period.number, quantity, period.measured, period.quality]});
    });
    return {rows, misshapen, issued: issuedIn(messages)} satisfies Unfolded;
  }
};

interface Period {
  readonly mpan: string;
  readonly date: string;
  readonly number: string;
  readonly value: unknown;
  readonly measured: string;
  readonly quality: string;
  readonly fault: string | null;
}

const within = (object: unknown, ...path: readonly string[]) =>
  path.reduce<unknown>((part, field) => (isObject(part) ? part[field] : undefined), object);

function periodsIn(message: unknown): Period[] {
  const id = within(message, "payload", "CommonBlock", "S0", "interfaceID");
  if (id !== "IF-021") throw new FeedError(`a message ${shownValue(id)} holds no readings; those of IF-021 do`);
  const mpan = textIn(within(message, "payload", "CommonBlock", "M0"), "MPANCore");
  const days = [within(message, "payload", "CustomBlock", "B021") ?? []].flat();
  if (mpan === "" || days.length === 0) throw new FeedError("a message IF-021 without meter or readings");
  return days.flatMap(day => periodsOf(mpan, day));
}

function periodsOf(mpan: string, day: unknown): Period[] {
  if (!isObject(day) || !Array.isArray(day.periods)) throw new FeedError("a message IF-021 with a day without periods");
  const [date, measured] = [textIn(day, "UTCSettlementDate"), textIn(day, "measurementQuantityID")];
  return day.periods.map((period: unknown) => {
    const {settlementPeriod: number, UTCPeriodConsumptionValue: value}: JsonObject = isObject(period) ? period : {};
    const isNumbered = /^([1-9]|[1-3]\d|4[0-8])$/.test(String(number));
    const fault = isNumbered ? null : `not a period from 1 to 48: ${shownValue(number)}`;
    const quality = textIn(period, "settlementPeriodQualityIndicator");
    return {mpan, date, number: String(number), value, measured, quality, fault};
  });
}

/** When the newest of the messages was sent. */
function issuedIn(messages: readonly unknown[]): string {
  const instants = messages.map(message => {
    const sent = within(message, "payload", "CommonBlock", "S1", "senderTimestamp");
    const instant = instantOf(sent);
    if (instant === null) throw new FeedError(`a message sent at no instant: ${shownValue(sent)}`);
    return instant.getTime();
  });
  return wallClock(new Date(Math.max(...instants)));
}
