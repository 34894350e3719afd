import {FeedError} from "../../errors.ts";
import {shown} from "../text/shown.ts";

/**
 * One segment: its place among the segments of the file, from 1, which is its line where each has a line of its own; its code; and its
 * elements, each a list of components, without release characters.
 */
export interface Segment {
  readonly line: number;
  readonly code: string;
  readonly elements: readonly (readonly string[])[];
}

/** A message, without its header (MHD) and trailer (MTR). */
export interface Message {
  readonly line: number;
  readonly type: string;
  readonly segments: readonly Segment[];
}

/** What stands between the start (STX) and the end (END) of a transmission, counted whole. */
export interface Transmission {
  readonly start: Segment;
  readonly messages: readonly Message[];
}

/** Whether a text begins as a transmission of utility bills. */
export function beginsAsUtilityBills(head: string): boolean {
  return /^\s*STX=ANA:[^']*'\s*MHD=\d+\+UTL(HDR|BIL):/.test(withoutBreaks(head.replace(/^\ufeff/, "")));
}

/**
 * Reads a transmission. Line breaks, between segments or within them, mean nothing.
 *
 * @throws FeedError where it has no start or end, is cut off, or is not as many messages as END counts and segments as each MTR counts.
 */
export function transmissionOf(text: string): Transmission {
  const [start, ...rest] = segmentsOf(text);
  if (start?.code !== "STX") throw new FeedError("line 1: not the start of a transmission (STX)");
  const end = rest.at(-1);
  if (end?.code !== "END") throw new FeedError("the file is cut off: it has no end of transmission (END)");
  const messages = messagesOf(rest.slice(0, -1));
  checkCount(end, "messages", messages.length);
  return {start, messages};
}

function segmentsOf(text: string): Segment[] {
  const parts = splitAt(withoutBreaks(text.replace(/^\ufeff/, "")), "'").map(part => part.trim());
  if (parts.pop() !== "") throw new FeedError(`segment ${parts.length + 1}: the file is cut off within it`);
  return parts.map((part, index) => segmentOf(part, index + 1));
}

const withoutBreaks = (text: string) => text.replace(/[\r\n]+/g, "");

function segmentOf(text: string, line: number): Segment {
  if (!/^[A-Z]{3}=/.test(text)) throw new FeedError(`segment ${line}: "${shown(text.slice(0, 4))}" is no segment code`);
  const elements = splitAt(text.slice(4), "+").map(element => splitAt(element, ":").map(released));
  return {line, code: text.slice(0, 3), elements};
}

/** Parts between separators; one after the release character `?` separates nothing. */
function splitAt(text: string, separator: string): string[] {
  if (!text.includes("?")) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "?") at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

const released = (text: string) => (text.includes("?") ? text.replace(/\?(.?)/g, "$1") : text).trim();

function messagesOf(segments: readonly Segment[]): Message[] {
  const messages: Message[] = [];
  let header: Segment | null = null;
  let body: Segment[] = [];
  for (const segment of segments) {
    checkPlace(segment, header);
    if (segment.code === "MHD") [header, body] = [segment, []];
    else if (segment.code !== "MTR") body.push(segment);
    else if (header !== null) {
      checkCount(segment, "segments", body.length + 2);
      messages.push({line: header.line, type: part(header, 1, 0), segments: body});
      header = null;
    }
  }
  if (header !== null) throw new FeedError(`segment ${header.line}: the message has no trailer (MTR)`);
  return messages;
}

function checkPlace({line, code}: Segment, header: Segment | null): void {
  if (code === "STX" || code === "END") throw new FeedError(`segment ${line}: ${code} within the transmission`);
  if (code === "MHD" && header !== null)
    throw new FeedError(`segment ${line}: a message begins before that of segment ${header.line} ends`);
  if (code !== "MHD" && header === null) throw new FeedError(`segment ${line}: ${code} is in no message`);
}

function checkCount(trailer: Segment, what: string, there: number): void {
  const counted = part(trailer, 0, 0);
  if (/^\d{1,9}$/.test(counted) && Number(counted) === there) return;
  throw new FeedError(
    `segment ${trailer.line}: ${trailer.code} counts "${shown(counted)}" ${what}, and ${there} are there`
  );
}

/** One component of an element; "" where it is not there. */
export const part = ({elements}: Segment, element: number, component: number): string =>
  elements[element]?.[component] ?? "";
