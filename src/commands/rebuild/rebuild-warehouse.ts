import {rename, rm} from "node:fs/promises";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type LoadRecord, readStandingLoads} from "../../ingest/ledger.ts";
import {type Verified, verify} from "../../ingest/verify.ts";
import {build} from "../../models/build.ts";
import {landOwed, recorded, withWarehouse} from "../../pipeline/run.ts";
import {type Connection, quoteName} from "../../warehouse/connection.ts";
import {canBeRead, withPublished} from "../../warehouse/published.ts";
import {warehousePaths} from "../../warehouse/warehouse.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {damageLines} from "../verify/lines.ts";

/**
 * Makes the warehouse again from the archive, beside the one that is there, which is put back where that fails. Says in advance where the archive does not
 * hold all that is counted, and afterwards which marts are not the same.
 *
 * @throws CliError where something that is counted would be lost, unless it is to be done anyway.
 */
export async function rebuildWarehouse(config: Config, isAnyway: boolean, effects: Effects): Promise<Answer> {
  const {dataFolder} = config;
  const {damages, lost} = await withWarehouse(config, effects, async warehouse => {
    const verified = await verify(warehouse, dataFolder, "all", (done, all) =>
      effects.progress(`reading file ${done + 1} of ${all} of the archive`)
    );
    return {damages: verified.damages, lost: await lostLoads(warehouse.connection, verified)};
  });
  if (lost.length > 0 && !isAnyway)
    throw new CliError(
      [
        `${several(lost.length, "load")} could not be made again, because the archive no longer holds what it was made from:`,
        ...lost.map(({load_id, file_name}) => `  load ${load_id}: ${inert(file_name)}`),
        ...damageLines(damages),
        "nothing has been changed. To make the rest again without it: canopy rebuild --anyway"
      ].join("\n")
    );
  const before = await digestsOf(dataFolder);
  const {landed, failures} = await inPlaceOf(dataFolder, () =>
    withWarehouse(config, effects, warehouse =>
      recorded(warehouse, "rebuild", effects, async runId => {
        const done = await landOwed(warehouse, config, runId, effects);
        effects.progress("building the marts");
        return {landed: done.flatMap(({loads}) => loads).length, ...(await build(warehouse, config))};
      })
    )
  );
  const after = await digestsOf(dataFolder);
  const other = [...before].filter(([mart, {rows}]) => after.get(mart)?.rows !== rows).map(([mart]) => mart);
  const isRenumbered = [...before].some(([mart, {numbered}]) => after.get(mart)?.numbered !== numbered);
  return {
    lines: [
      `${several(landed, "load")} made again from the archive`,
      ...(before.size === 0 ? [] : [`${several(before.size - other.length, "mart")} the same as before`]),
      ...(other.length === 0 ? [] : [`not the same as before: ${other.join(", ")}`]),
      ...(isRenumbered && other.length === 0
        ? ["loads have new numbers, because readings that were replaced are no longer listed: canopy loads"]
        : []),
      ...failures.map(({reason}) => `failed: ${inert(reason)}`)
    ],
    code: other.length > 0 || failures.length > 0 ? 1 : 0
  };
}

/** Loads that are counted and could not be made again. */
async function lostLoads(connection: Connection, {damages}: Verified): Promise<LoadRecord[]> {
  if (damages.length === 0) return [];
  const words = damages.map(({file}) => file);
  const standing = [...(await readStandingLoads(connection)).values()];
  return standing.filter(
    ({outcome, receipt, sha256, withdrawn_because}) =>
      outcome === "landed" &&
      withdrawn_because === null &&
      words.some(file => file.includes(sha256) || file.includes(receipt))
  );
}

/** Does work with warehouse and marts out of the way; they are put back where it fails, and gone where it is done. */
async function inPlaceOf<T>(dataFolder: string, work: () => Promise<T>): Promise<T> {
  const {live, published} = warehousePaths(dataFolder);
  const files = [live, `${live}.wal`, published];
  const aside = (path: string) => `${path}.before-rebuild`;
  const move = async (from: (path: string) => string, to: (path: string) => string) => {
    for (const path of files) await rename(from(path), to(path)).catch(() => {});
  };
  const same = (path: string) => path;
  await move(same, aside);
  try {
    const done = await work();
    for (const path of files) await rm(aside(path), {force: true});
    return done;
  } catch (error) {
    for (const path of files) await rm(path, {force: true});
    await move(aside, same);
    throw error;
  }
}

/** Hashes of the rows of a mart, in whatever order they lie. */
interface Digest {
  /** Of what stands, whatever the numbers of its loads. */
  readonly rows: string;
  /** Of all, with the numbers of loads. */
  readonly numbered: string;
}

/** The hashes of each published mart; none where nothing is published or it cannot be read. */
async function digestsOf(dataFolder: string): Promise<Map<string, Digest>> {
  if (!(await canBeRead(dataFolder))) return new Map();
  return withPublished(dataFolder, async connection => {
    const marts = await connection.rows<{name: string; numbers: string[]; is_ledger: boolean}>(
      `select
         table_name as name, coalesce(list(column_name) filter (column_name similar to '.*load_id|superseded_by'), []) as numbers,
         bool_or(column_name = 'superseded_by') as is_ledger
       from duckdb_columns() where schema_name = 'marts' group by all order by name`
    );
    const digests = new Map<string, Digest>();
    for (const {name, numbers, is_ledger} of marts) {
      const mart = `marts.${quoteName(name)}`;
      const standing = `select * ${numbers.length === 0 ? "" : `exclude (${numbers.map(quoteName).join(", ")})`} from ${mart} ${is_ledger ? "where superseded_by is null" : ""}`;
      digests.set(name, {
        rows: await digestOf(connection, standing),
        numbered: await digestOf(connection, `from ${mart}`)
      });
    }
    return digests;
  }).catch(() => new Map());
}

async function digestOf(connection: Connection, rows: string): Promise<string> {
  const {count, digest} = await connection.row<{count: bigint; digest: string}>(
    `select count(*) as count, bit_xor(hash(t))::varchar as digest from (${rows}) t`
  );
  return `${count} ${digest}`;
}
