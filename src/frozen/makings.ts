import {createHash} from "node:crypto";
import {z} from "zod";
import {newestSettings} from "../archive/archive.ts";
import {readJournal} from "../archive/journal.ts";
import {snapshotsFolder} from "../ingest/reconcile.ts";
import {inOrder, type Model, nameOf, readModels, readReads} from "../models/graph.ts";
import {readFromMarts} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";
import {readMadeFrom} from "../warehouse/published.ts";
import {readMacros} from "../warehouse/warehouse.ts";
import {type Manifest, sha256Of} from "./manifest.ts";
import {hashOfSources} from "./sources.ts";

/** All that the published marts are made from. */
export type Makings = Pick<Manifest, "canopy" | "archive" | "inputs" | "settings" | "factor_sets" | "models">;

export async function readMakings(connection: Connection, dataFolder: string): Promise<Makings> {
  return {
    canopy: await thisCanopy(),
    ...(await madeFrom(connection, dataFolder)),
    models: await modelHashes(connection)
  };
}

/** Canopy as it is now. */
export async function thisCanopy(): Promise<Manifest["canopy"]> {
  const {
    default: {version}
  } = await import("../../package.json", {with: {type: "json"}});
  return {version, sources: await hashOfSources(["src", "notebooks", "data/reference"])};
}

async function madeFrom(
  connection: Connection,
  dataFolder: string
): Promise<Pick<Manifest, "archive" | "inputs" | "settings" | "factor_sets">> {
  const {archive_entries = 0, archive_seal = null} = (await readMadeFrom(connection)) ?? {};
  const {entries} = await readJournal(snapshotsFolder(dataFolder));
  const settings = newestSettings(entries.filter(({n}) => n <= archive_entries));
  return {
    archive: {entries: archive_entries, seal: archive_seal},
    inputs: await readFromMarts(
      connection,
      z.object({sha256: z.string(), feed: z.string()}),
      `select distinct sha256, feed from marts.loads
       where outcome = 'landed' and superseded_by is null and withdrawn_because is null order by all`
    ),
    settings: [...settings]
      .flatMap(([file, {sha256}]) => (sha256 === null ? [] : [{file, sha256}]))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
    factor_sets: (
      await readFromMarts(
        connection,
        z.object({factor_set: z.int()}),
        "select distinct factor_set from marts.annual_emissions where factor_set is not null order by all"
      )
    ).map(({factor_set}) => factor_set)
  };
}

/** A hash for each mart of its model and of all models that it is made from, and one of the macros that they share. */
export async function modelHashes(connection: Connection): Promise<Manifest["models"]> {
  const models = await readModels();
  const reads = await readReads(connection, models);
  const hashes = new Map<string, string>();
  for (const model of await inOrder(connection, models)) {
    const below = reads(model).flatMap(name => hashes.get(name) ?? []);
    hashes.set(nameOf(model), hashOfModel(model, below));
  }
  const named = [...hashes].filter(([name]) => name.startsWith("marts."));
  return [...named, ["macros", sha256Of(Buffer.from(await readMacros()))] as const]
    .map(([name, sha256]) => ({name, sha256}))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const hashOfModel = ({sql}: Model, below: readonly string[]) =>
  createHash("sha256")
    .update(JSON.stringify([sql, below]))
    .digest("hex");
