import fc from "fast-check";
import {afterAll, beforeAll, expect} from "vitest";
import {loadRegisters, readRegisters} from "../../src/council/registers.ts";
import {inOrder, readModels} from "../../src/models/graph.ts";
import {loadReferences, readReferences} from "../../src/reference/references.ts";
import type {Connection} from "../../src/warehouse/connection.ts";
import type {Warehouse} from "../../src/warehouse/warehouse.ts";
import {defineProof} from "../prove/proof.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type DeliveredFile, type Held, halfHoursOf, heldOf, type Status} from "../support/oracle.ts";
import {openTestWarehouse} from "../support/warehouse.ts";
import {differences, heldIn, type MeterDay} from "./folder.ts";
import {autumnDay, springDay} from "./story.ts";

const mpan = "1600000000010";
let warehouse: Warehouse;
let connection: Connection;

/** A warehouse with the tables and views that stand under the marts. */
beforeAll(async () => {
  const folder = await makeDataFolder([{id: mpan}], undefined, finish => afterAll(finish));
  warehouse = await openTestWarehouse(folder);
  ({connection} = warehouse);
  await connection.run("attach ':memory:' as scratch");
  for (const schema of ["council", "reference", "staging"]) await connection.run(`create schema scratch.${schema}`);
  await connection.run("set search_path = 'scratch.staging,canopy.raw,canopy.ops'");
  await loadRegisters(connection, await readRegisters(folder));
  await loadReferences(connection, await readReferences());
  const staging = (await readModels()).filter(({layer}) => layer === "staging");
  for (const {name, sql} of await inOrder(connection, staging))
    await connection.run(`create view scratch.staging.${name} as ${sql}`);
  return () => warehouse.close();
});

/** Whether a load is in view: read again since, taken out of view, or taken out and brought back. */
type Standing = "stands" | "superseded" | "withdrawn" | "reinstated";

interface Revision {
  readonly sha256: string;
  readonly issuedAt: string | null;
  readonly receivedAt: string;
  readonly standing: Standing;
  readonly statuses: readonly (Status | null)[];
}

/** Few enough that revisions are often issued, or received, at the same time. */
const minutes = ["2026-11-01T07:00", "2026-11-01T07:01", "2026-11-02T23:59", "2026-11-03T00:00"];

const revision: fc.Arbitrary<Revision> = fc.record({
  sha256: fc.stringMatching(/^[0-9a-f]{8}$/),
  issuedAt: fc.constantFrom(null, ...minutes),
  receivedAt: fc.constantFrom(...minutes.map(minute => `${minute}:00.000Z`)),
  standing: fc.constantFrom<Standing>("stands", "stands", "stands", "superseded", "withdrawn", "reinstated"),
  statuses: fc.oneof(
    fc.array(fc.constantFrom<Status | null>("actual", "estimated", null), {minLength: 50, maxLength: 50}),
    fc
      .tuple(fc.constantFrom<Status>("actual", "estimated"), fc.nat(49), fc.integer({min: 1, max: 50}))
      .map(([status, from, length]) =>
        Array.from({length: 50}, (_, slot) => (slot >= from && slot < from + length ? status : null))
      )
  )
});

/** Meter-days of one part of the proof. */
const daysOfPart = 80;

const meterDay = fc.record({
  date: fc.constantFrom("2026-10-24", springDay, autumnDay),
  revisions: fc.uniqueArray(revision, {minLength: 1, maxLength: 6, selector: ({sha256}) => sha256})
});

/** A number that tells which revision and which half-hour it is of. */
const kwhOf = (index: number, slot: number) => index + 1 + (slot + 1) / 100;

const isInView = ({standing}: Revision) => standing === "stands" || standing === "reinstated";

function byOracle(date: string, revisions: readonly Revision[]): Held {
  const files = revisions.flatMap(({statuses, ...file}, index): DeliveredFile[] => {
    const cells = cellsOn(date, statuses).map((status, slot) => (status === null ? null : kwhOf(index, slot)));
    const status = statuses.map(each => each ?? "actual");
    return isInView(revisions[index] as Revision)
      ? [{...file, rows: [{mpan, date, clock: "periods", status, cells}]}]
      : [];
  });
  return heldOf(files);
}

const cellsOn = (date: string, statuses: Revision["statuses"]) => statuses.slice(0, halfHoursOf(date).length);

/** The merged day is what the oracle holds, whatever came, stands or was withdrawn. */
defineProof("revisions", {
  parts: {small: 1, whole: 30},
  async prove(_part, seed) {
    await fc.assert(
      fc.asyncProperty(meterDay, async ({date, revisions}) => {
        await put(date, revisions);
        const rows = await connection.rows<MeterDay & {revisions: number}>(
          "select meter, settlement_date, quantity, present, estimated, revisions from merge_half_hours('staging.revisions')"
        );
        expect(differences(heldIn(rows), byOracle(date, revisions))).toEqual([]);
        expect(rows.map(row => row.revisions)).toEqual(rows.map(() => landedInView(date, revisions)));
        expect(rows.flatMap(unseen)).toEqual([]);
      }),
      {numRuns: daysOfPart, seed}
    );
    return {"meter-days": daysOfPart};
  }
});

const landedInView = (date: string, revisions: readonly Revision[]) =>
  revisions.filter(each => isInView(each) && cellsOn(date, each.statuses).some(status => status !== null)).length;

/** Slots that hold a number although their bit is not set. */
const unseen = ({quantity, present}: MeterDay) =>
  quantity.filter((kwh, slot) => kwh !== 0 && ((present >> BigInt(slot)) & 1n) === 0n);

/** Puts the revisions of one meter-day where landing puts them, and nothing else. */
async function put(date: string, revisions: readonly Revision[]): Promise<void> {
  for (const table of ["raw.meter_days", "ops.loads", "ops.decisions"]) await connection.run(`delete from ${table}`);
  const loads = revisions.map(({sha256, issuedAt, receivedAt, standing}, index) => ({
    load_id: index + 1,
    sha256,
    issued_at: issuedAt,
    received_at: receivedAt.slice(0, -1),
    superseded_by: standing === "superseded" ? 99 : null
  }));
  await connection.run(
    `insert into ops.loads by name
     select load_id, 1 as run_id, sha256 as receipt, sha256, 'estate-energy' as feed, sha256 as file_name, 'inbox' as origin, received_at, issued_at,
       'stark-portal' as layout, 'v' as layout_version, 'landed' as outcome, 1 as rows_read, 1 as rows_landed, 0 as rows_duplicate, 0 as rows_empty,
       0 as rows_dropped, 0 as rows_rejected, 0 as rows_mended, 0 as cells_rejected, 1 as meter_days, 1 as reads, superseded_by
     from (${unnested("load_id integer, sha256 varchar, issued_at timestamp, received_at timestamp, superseded_by integer")})`,
    [JSON.stringify(loads)]
  );
  await putDecisions(revisions);
  await putRows(date, revisions);
}

async function putDecisions(revisions: readonly Revision[]): Promise<void> {
  const decisions = revisions.flatMap(({sha256, standing}) => {
    const withdrawn = {receipt: sha256, decided_at: "2026-11-04T09:00:00", decision: "withdrawn"};
    const reinstated = {receipt: sha256, decided_at: "2026-11-04T10:00:00", decision: "reinstated"};
    if (standing === "withdrawn") return [withdrawn];
    return standing === "reinstated" ? [reinstated, withdrawn] : [];
  });
  await connection.run(
    `insert into ops.decisions by name select *, 'a trial' as why from (${unnested("receipt varchar, decided_at timestamp, decision varchar")})`,
    [JSON.stringify(decisions)]
  );
}

async function putRows(date: string, revisions: readonly Revision[]): Promise<void> {
  const rows = revisions.flatMap(({statuses}, index) => {
    const cells = cellsOn(date, statuses);
    const mask = (isIn: (status: Status | null) => boolean) =>
      `${cells.reduce((sum, status, slot) => sum + (isIn(status) ? 1n << BigInt(slot) : 0n), 0n)}`;
    const quantity = Array.from({length: 50}, (_, slot) => ((cells[slot] ?? null) === null ? 0 : kwhOf(index, slot)));
    const present = mask(status => status !== null);
    return present === "0" ? [] : [{load_id: index + 1, quantity, present, estimated: mask(is => is === "estimated")}];
  });
  await connection.run(
    `insert into raw.meter_days by name
     select load_id, '${mpan}' as meter_key, 'import' as channel, 'kWh' as unit, date '${date}' as settlement_date, quantity::double[50] as quantity,
       present::ubigint as present, estimated::ubigint as estimated
     from (${unnested("load_id integer, quantity double[], present varchar, estimated varchar")})`,
    [JSON.stringify(rows)]
  );
}

/** The rows of a JSON text, given as $1, with these columns. */
function unnested(columns: string): string {
  const shape = Object.fromEntries(columns.split(", ").map(column => column.split(" ")));
  return `select unnest(from_json($1::json, '${JSON.stringify([shape])}'), recursive := true)`;
}
