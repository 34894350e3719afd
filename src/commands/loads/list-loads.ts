import {CliError} from "../../errors.ts";
import type {Load} from "../../models/marts/loads.ts";
import type {Reject} from "../../models/marts/rejects.ts";
import {withPublished} from "../../warehouse/published.ts";
import {loadNumber} from "../kit/given.ts";
import {mustBePublished} from "../kit/published.ts";
import {loadInFull, loadsTable} from "./load-lines.ts";

/** Every load in a line, or one in full with every rejected row. */
export async function listLoads(dataFolder: string, load: string | null): Promise<string[]> {
  const number = load === null ? null : loadNumber(load);
  await mustBePublished(dataFolder);
  return withPublished(dataFolder, async connection => {
    if (number === null) return loadsTable(await connection.rows<Load>("select * from marts.loads order by load_id"));
    const [found] = await connection.rows<Load>("select * from marts.loads where load_id = $1", [number]);
    if (found === undefined) throw new CliError(`no load has the number ${load} in what was last built`);
    const rejects = "select * from marts.rejects where load_id = $1 order by row_number";
    return loadInFull(found, await connection.rows<Reject>(rejects, [found.load_id]));
  });
}
