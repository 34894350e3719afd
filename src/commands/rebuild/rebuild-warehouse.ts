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
  const other = [...before].filter(([mart, digest]) => after.get(mart) !== digest).map(([mart]) => mart);
  return {
    lines: [
      `${several(landed, "load")} made again from the archive`,
      ...(before.size === 0 ? [] : [`${several(before.size - other.length, "mart")} the same as before`]),
      ...(other.length === 0 ? [] : [`not the same as before: ${other.join(", ")}`]),
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

/** A hash of the rows of each published mart, in whatever order they lie; none where nothing is published or it cannot be read. */
async function digestsOf(dataFolder: string): Promise<Map<string, string>> {
  if (!(await canBeRead(dataFolder))) return new Map();
  return withPublished(dataFolder, async connection => {
    const marts = await connection.rows<{name: string}>(
      "select table_name as name from duckdb_tables() where schema_name = 'marts' order by name"
    );
    const digests = new Map<string, string>();
    for (const {name} of marts) {
      const {rows, digest} = await connection.row<{rows: bigint; digest: string}>(
        `select count(*) as rows, bit_xor(hash(t))::varchar as digest from marts.${quoteName(name)} t`
      );
      digests.set(name, `${rows} ${digest}`);
    }
    return digests;
  }).catch(() => new Map());
}
