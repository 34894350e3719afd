import {CliError} from "../../errors.ts";
import {readLeftOut} from "../../ingest/tries.ts";
import {loads} from "../../models/marts/loads.ts";
import {rejects} from "../../models/marts/rejects.ts";
import {readMart} from "../../models/read-mart.ts";
import {leftOutText} from "../../pipeline/health.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {ofOneBuild, withPublished} from "../../warehouse/published.ts";
import {loadNumber} from "../kit/given.ts";
import {mustBePublished} from "../kit/published.ts";
import {toldLines} from "../status/not-renewed.ts";
import {loadInFull, loadsTable} from "./load-lines.ts";

/** Every load in a line, or one in full with every rejected row. */
export async function listLoads(dataFolder: string, load: string | null): Promise<string[]> {
  const number = load === null ? null : loadNumber(load);
  await mustBePublished(dataFolder);
  const told = await withPublished(dataFolder, connection => ofOneBuild(connection, each => linesOf(each, number)));
  const leftOut = (await readLeftOut(dataFolder)).filter(({load_id}) => number === null || load_id === number);
  return [...toldLines("loads", told, lines => lines), ...leftOut.map(leftOutText)];
}

async function linesOf(connection: Connection, number: number | null): Promise<string[]> {
  if (number === null) return loadsTable(await readMart(connection, loads, "order by load_id"));
  const [found] = await readMart(connection, loads, "where load_id = $1", [number]);
  if (found === undefined) throw new CliError(`no load has the number ${number}. To list them: canopy loads`);
  return loadInFull(found, await readMart(connection, rejects, "where load_id = $1 order by row_number", [number]));
}
