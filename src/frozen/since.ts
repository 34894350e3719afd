import type {Connection} from "../warehouse/connection.ts";
import {readNotRenewed} from "../warehouse/published.ts";
import {compareWithPublished} from "./compare.ts";
import {type Edition, readEditions} from "./editions.ts";
import {type Makings, readMakings} from "./makings.ts";
import type {Since} from "./manifest.ts";

/** The newest edition of a data folder, or the newest of those made before the one of a name, where there is that one; null where there is none. */
export async function lastEdition(dataFolder: string, beforeName: string | null = null): Promise<Edition | null> {
  const {editions} = await readEditions(dataFolder);
  const at = editions.findIndex(({manifest}) => manifest.name === beforeName);
  return (at < 0 ? editions : editions.slice(0, at)).at(-1) ?? null;
}

/**
 * What changed in the published marts since an edition. Null without one, and where a mart is not of the last build: what cannot be told of one build is
 * not compared.
 */
export async function changesSince(
  connection: Connection,
  dataFolder: string,
  before: Edition | null,
  given?: Makings
): Promise<Since | null> {
  if (before === null || (await readNotRenewed(connection)).length > 0) return null;
  const {name, status, as_of} = before.manifest;
  const compared = await compareWithPublished(before, dataFolder, given ?? (await readMakings(connection, dataFolder)));
  return {name, status, as_of, check_value: before.checkValue, ...compared};
}
