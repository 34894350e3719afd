import {FeedError} from "../../errors.ts";
import {periodsOnDate} from "./settlement-date.ts";

/** One record of a flow: its line of the file, from 1, its group, and its text. Its cells are split when they are asked for: there are many. */
export interface FlowRecord {
  readonly line: number;
  readonly group: string;
  readonly text: string;
}

/** What stands between header and trailer, proved whole, and when the sender made it (YYYYMMDDHHMMSS, as the header has it). */
export interface Envelope {
  readonly issued: string;
  readonly body: readonly FlowRecord[];
}

/** Whether the first line of a text is the header of a D0036, of any version. */
export function isD0036(firstLine: string): boolean {
  const [group, , flow] = flowCells(firstLine);
  return group === "ZHV" && flow !== undefined && /^D0036\d{3}$/.test(flow);
}

/**
 * Takes a D0036 out of its header (ZHV) and trailer (ZPT). Lines end as any system ends them; blank ones are passed over, and not counted.
 *
 * @throws FeedError where the text is no D0036, is not operational, is cut off, or is not what its trailer counts.
 */
export function openEnvelope(text: string): Envelope {
  const lines = text.split(/\r\n?|\n/);
  if (!isD0036(lines[0] ?? "")) throw new FeedError("line 1: not the header of a D0036 (ZHV, file, D0036001 …)");
  const [header, ...rest] = recordsOf(lines) as [FlowRecord, ...FlowRecord[]];
  const end = rest.findIndex(({group}) => group === "ZPT");
  const [trailer, after] = [rest[end], rest[end + 1]];
  const issued = issueTime(header);
  if (trailer === undefined) throw new FeedError("the file is cut off: it has no trailer (ZPT)");
  if (after !== undefined) throw new FeedError(`line ${after.line}: a record after the trailer: ${after.group}`);
  const body = rest.slice(0, end);
  checkTrailer(trailer, header, body);
  return {issued, body};
}

function recordsOf(lines: readonly string[]): FlowRecord[] {
  const records: FlowRecord[] = [];
  for (const [index, text] of lines.entries())
    if (text.trim() !== "") records.push({line: index + 1, group: groupOf(text), text});
  return records;
}

function groupOf(text: string): string {
  const end = text.indexOf("|");
  return (end === -1 ? text : text.slice(0, end)).trim();
}

/** The cells of a line without the spaces around them: a pipe ends each, though the last may go without. */
export function flowCells(text: string): string[] {
  const cells: string[] = [];
  let from = 0;
  for (let to = text.indexOf("|"); to !== -1; to = text.indexOf("|", from)) {
    cells.push(text.slice(from, to).trim());
    from = to + 1;
  }
  const last = text.slice(from).trim();
  if (last !== "") cells.push(last);
  return cells;
}

function issueTime({line, text}: FlowRecord): string {
  const cells = flowCells(text);
  const [issued = "", flag = ""] = [cells[7], cells[11]];
  if (flag !== "OPER") throw new FeedError(`line ${line}: the file flag is "${flag}", not OPER: not operational data`);
  if (periodsOnDate(issued.slice(0, 8)) === null || !/^([01]\d|2[0-3])([0-5]\d){2}$/.test(issued.slice(8)))
    throw new FeedError(`line ${line}: "${issued}" is no time at which a file is made (YYYYMMDDHHMMSS)`);
  return issued;
}

/** The fourth cell is left alone: some senders repeat the count there, and others a checksum or nothing. */
function checkTrailer({line, text}: FlowRecord, header: FlowRecord, body: readonly FlowRecord[]): void {
  const [, file = "", lines = "", , meters = ""] = flowCells(text);
  const headed = flowCells(header.text)[1] ?? "";
  if (file !== headed) throw new FeedError(`line ${line}: the trailer is of file "${file}", the header of "${headed}"`);
  checkCount(line, "lines", lines, body.length);
  checkCount(line, "groups 101", meters, body.filter(({group}) => group === "101").length);
}

function checkCount(line: number, what: string, counted: string, there: number): void {
  if (/^\d+$/.test(counted) && Number(counted) === there) return;
  throw new FeedError(`line ${line}: the trailer counts "${counted}" ${what}, and ${there} are there`);
}
