import {periodsOnDate} from "../../domain/settlement.ts";
import {FeedError} from "../../errors.ts";
import {linesOf} from "../text/lines.ts";

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

/** A flow of the electricity industry: its number, and the record group that its trailer counts; null where that is the group its body begins with. */
export interface FlowKind {
  readonly flow: string;
  readonly countedGroup: string | null;
}

/** The version of a flow that the first line of a text is the header of ("001"); null where it is the header of none, or of another flow. */
export function flowVersion(firstLine: string, flow: string): string | null {
  const [group, , named = ""] = flowCells(firstLine);
  const version = named.slice(flow.length);
  return group === "ZHV" && named.startsWith(flow) && /^\d{3}$/.test(version) ? version : null;
}

/**
 * Takes a flow out of its header (ZHV) and trailer (ZPT). Lines end as any system ends them; blank ones are passed over, and not counted.
 *
 * @throws FeedError where the text is not of the flow, is not operational, is cut off, or is not what its trailer counts.
 */
export function openFlow(text: string, {flow, countedGroup}: FlowKind): Envelope {
  const lines = linesOf(text);
  if (flowVersion(lines[0] ?? "", flow) === null)
    throw new FeedError(`line 1: not the header of a ${flow} (ZHV, file, ${flow}001 …)`);
  const [header, ...rest] = recordsOf(lines) as [FlowRecord, ...FlowRecord[]];
  const end = rest.findIndex(({group}) => group === "ZPT");
  const [trailer, after] = [rest[end], rest[end + 1]];
  const issued = issueTime(header);
  if (trailer === undefined) throw new FeedError("the file is cut off: it has no trailer (ZPT)");
  if (after !== undefined) throw new FeedError(`line ${after.line}: a record after the trailer: ${after.group}`);
  const body = rest.slice(0, end);
  checkTrailer(trailer, header, body, countedGroup ?? body[0]?.group ?? "of meters");
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
function checkTrailer(
  {line, text}: FlowRecord,
  header: FlowRecord,
  body: readonly FlowRecord[],
  countedGroup: string
): void {
  const [, file = "", lines = "", , meters = ""] = flowCells(text);
  const headed = flowCells(header.text)[1] ?? "";
  if (file !== headed) throw new FeedError(`line ${line}: the trailer is of file "${file}", the header of "${headed}"`);
  checkCount(line, "lines", lines, body.length);
  checkCount(line, `groups ${countedGroup}`, meters, body.filter(({group}) => group === countedGroup).length);
}

function checkCount(line: number, what: string, counted: string, there: number): void {
  if (/^\d+$/.test(counted) && Number(counted) === there) return;
  throw new FeedError(`line ${line}: the trailer counts "${counted}" ${what}, and ${there} are there`);
}
