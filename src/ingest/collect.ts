import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {type Archive, erasedBytes, lastReceivedAt, writeReceipt} from "../archive/archive.ts";
import {takeBytes} from "../archive/snapshots.ts";
import type {Effects} from "../effects.ts";
import {isStopped, messageOf} from "../errors.ts";
import type {Api, Ask, Fetched} from "../sources/http/api.ts";
import {budgetFile} from "../sources/http/budget.ts";
import {createHttpClient} from "../sources/http/http-client.ts";
import {secretsIn, withoutValues} from "../sources/http/secrets.ts";
import {type Warehouse, warehousePaths} from "../warehouse/warehouse.ts";
import {reconcile} from "./reconcile.ts";
import {keepStanding, readServices, type ServiceStanding} from "./services.ts";

/** What came of asking one service. */
export interface Collected {
  readonly service: string;
  /** Answers that were not in the archive before. */
  readonly answers: number;
  readonly from: Date;
  readonly to: Date;
  /** Why it failed, where it did; what had come by then is kept. */
  readonly failure: string | null;
}

/** Services by name, or all that the council uses of some feeds, or all that it uses. */
export type Which = {readonly names: readonly string[]} | {readonly feeds: readonly string[]} | "all";

/** Days that are asked for, where a person says which. */
export interface Window {
  readonly from: Date | null;
  readonly to: Date | null;
}

const dayMilliseconds = 86_400_000;
const midnightOf = (date: Date) => new Date(Math.floor(date.getTime() / dayMilliseconds) * dayMilliseconds);

/**
 * Asks services for what is new since what is held, and some days before, since late and corrected data come. Answers go into the archive as they came,
 * to be landed like any file. A service that fails is told of and does not stop the others.
 */
export async function collect(
  warehouse: Warehouse,
  dataFolder: string,
  which: Which,
  window: Window,
  effects: Effects
): Promise<Collected[]> {
  const services = await readServices(dataFolder, effects);
  const chosen = services.filter(({api, isUsed}) => {
    if (which === "all") return isUsed;
    return "names" in which ? which.names.includes(api.name) : isUsed && which.feeds.includes(api.feed);
  });
  const {archive} = await reconcile(warehouse.connection, dataFolder);
  const archivedIn = nextReceipt(archive, effects);
  const collected: Collected[] = [];
  for (const {api, settings, problem, standing} of chosen) {
    effects.progress(`asking ${api.name}`);
    const ask = await windowOf(warehouse, api, standing, window, effects);
    const given = settings ?? api.settings.safeParse(effects.environment).data;
    if (given === undefined || given === null) {
      collected.push({
        service: api.name,
        answers: 0,
        ...ask,
        failure: `its settings are wrong: ${problem ?? `needs ${Object.keys(api.variables).join(", ")}`}`
      });
      continue;
    }
    const {answers, failure} = await askOne(dataFolder, archive, api, given, {...ask, archivedIn}, effects);
    await keepStanding(dataFolder, api.name, effects.now(), failure);
    collected.push({service: api.name, answers, ...ask, failure});
  }
  return collected;
}

const originOf = (api: Api) => `asked of ${api.name}`;

/**
 * From the last day that is held of what the service answered, or where its data has no days the last day it answered, less its look-back, to the end
 * of today; where there is neither, its first days.
 */
async function windowOf(
  {connection}: Warehouse,
  api: Api,
  standing: ServiceStanding | null,
  window: Window,
  effects: Effects
): Promise<Ask> {
  const now = effects.now();
  const {held} = await connection.row<{held: Date | null}>(
    "select max(last_date) as held from ops.loads where origin = $1 and outcome = 'landed' and superseded_by is null",
    [originOf(api)]
  );
  const today = midnightOf(now);
  const answered = standing?.last_answered_at ?? null;
  const last = held ?? (answered === null ? null : midnightOf(new Date(answered)));
  const back =
    last === null
      ? today.getTime() - api.firstDays * dayMilliseconds
      : Math.min(last.getTime(), today.getTime()) - api.lookBackDays * dayMilliseconds;
  return {from: window.from ?? new Date(back), to: window.to ?? new Date(today.getTime() + dayMilliseconds), now};
}

async function askOne(
  dataFolder: string,
  archive: Archive,
  api: Api,
  settings: unknown,
  {archivedIn, ...ask}: Ask & {readonly archivedIn: Date},
  effects: Effects
): Promise<{answers: number; failure: string | null}> {
  const {now, sleep, random, stop} = effects;
  const budget = budgetFile(join(warehousePaths(dataFolder).folder, "calls.json"));
  const client = createHttpClient({service: api.name, allowance: api.budget, budget, now, sleep, random, stop});
  let answers = 0;
  try {
    for await (const fetched of api.fetch(client, settings, ask))
      if (await keepAnswer(dataFolder, archive, api, fetched, archivedIn, effects)) answers += 1;
    return {answers, failure: null};
  } catch (error) {
    if (isStopped(error)) throw error;
    return {answers, failure: messageOf(error)};
  }
}

/** When what is archived next is received: now, but after all that the archive holds. */
function nextReceipt(archive: Archive, effects: Effects): Date {
  return new Date(Math.max(effects.now().getTime(), lastReceivedAt(archive) + 1));
}

/** Puts an answer into the archive; false where its very bytes are there already. */
async function keepAnswer(
  dataFolder: string,
  archive: Archive,
  api: Api,
  {fileName, text, meterPointId}: Fetched,
  archivedIn: Date,
  effects: Effects
): Promise<boolean> {
  const answer = join(warehousePaths(dataFolder).scratch, "answer");
  try {
    // A service may repeat what it was asked with: a key of the council's is no part of its data.
    const words = withoutValues(text, secretsIn(effects.environment, Object.keys(api.variables)));
    await writeFile(answer, words, {mode: 0o600});
    const kept = await takeBytes(archive.root, answer, {erased: erasedBytes(archive)});
    if (kept === null || kept === "erased") return false;
    const receivedAt = nextReceipt(archive, effects);
    const delivery = {feed: api.feed, origin: originOf(api), layout: null, meter_point_id: meterPointId, fileName};
    // An answer is called after what was asked, which its bytes or its receipt say too.
    const {isNew} = await writeReceipt(archive, kept, delivery, null, {receivedAt, archivedIn}, () => false);
    return isNew;
  } finally {
    await rm(answer, {force: true});
  }
}
