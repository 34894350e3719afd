import type {RejectedRecord} from "../record-format.ts";
import {shown} from "./shown.ts";

/** A row with what names it, and what says which of two is the newer, in an order of texts; null where nothing does. */
export interface Versioned<Row> {
  readonly row: Row;
  readonly key: string;
  readonly version: string | null;
}

/**
 * One row of each name. Of rows with the same words the first is taken; of others the newest. Where nothing says which is newer, all are rejected as
 * "repeated": which is true is not known.
 */
export function oneOfEach<Row extends {readonly line: number}>(
  all: readonly Versioned<Row>[]
): {rows: Row[]; rejected: RejectedRecord[]; dropped: number} {
  const byKey = new Map<string, Versioned<Row>[]>();
  for (const one of all)
    byKey
      .set(one.key, byKey.get(one.key) ?? [])
      .get(one.key)
      ?.push(one);
  const rows: Row[] = [];
  const rejected: RejectedRecord[] = [];
  for (const [key, group] of byKey) {
    const kept = keptOf(group);
    if (kept !== null) rows.push(kept);
    else rejected.push(...group.map(({row: {line}}) => ({line, rule: "repeated", value: shown(key)})));
  }
  rows.sort((one, other) => one.line - other.line);
  return {rows, rejected, dropped: all.length - rows.length - rejected.length};
}

function keptOf<Row extends {readonly line: number}>(group: readonly Versioned<Row>[]): Row | null {
  const [first] = group;
  if (first === undefined) return null;
  const newest = newestOf(group);
  const words = new Set(newest.map(({row: {line, ...said}}) => JSON.stringify(said)));
  return words.size === 1 ? (newest[0]?.row ?? null) : null;
}

function newestOf<Row>(group: readonly Versioned<Row>[]): readonly Versioned<Row>[] {
  const versions = group.map(({version}) => version);
  if (versions.includes(null)) return group;
  const last = versions.reduce((latest, version) => ((version ?? "") > (latest ?? "") ? version : latest));
  return group.filter(({version}) => version === last);
}
