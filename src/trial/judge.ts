import {readFile} from "node:fs/promises";
import {isFatal, ModelError, messageOf} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {readSuspicions, type Suspicion} from "./suspicions.ts";

/** The thresholds of the day on which it is judged, by name. */
export type Limits = ReadonlyMap<string, number>;

/** How deliveries are judged: the steps that gather what is usual of a meter, and what may be wrong with a day. */
export interface Judging {
  readonly steps: Readonly<Record<Step, string>>;
  readonly suspicions: readonly Suspicion[];
}

/** A suspicion of which nothing could be said, and why: the others were raised without it. */
export interface Unasked {
  readonly kind: string;
  readonly reason: string;
}

const steps = ["days", "months", "usual", "rated"] as const;
type Step = (typeof steps)[number];

/** How the product judges: its own texts. */
export async function readJudging(): Promise<Judging> {
  const read = steps.map(
    async name => [name, await readFile(new URL(`./${name}.sql`, import.meta.url), "utf8")] as const
  );
  return {steps: Object.fromEntries(await Promise.all(read)) as Judging["steps"], suspicions: await readSuspicions()};
}

/** The same with the thresholds that its texts name put in. */
function judgingWith(given: Judging, limits: Limits): Judging {
  const put = (sql: string) =>
    sql.replaceAll(/threshold\('(\w+)'\)/g, (_, name: string) => {
      const value = limits.get(name);
      if (value === undefined) throw new ModelError(`no threshold ${name}`);
      return `${value}::double`;
    });
  return {
    steps: Object.fromEntries(steps.map(name => [name, put(given.steps[name])])) as Judging["steps"],
    suspicions: given.suspicions.map(each => ({...each, sql: put(each.sql), screen: put(each.screen)}))
  };
}

/** SQL with the waves of a day put in: `:sine_1` is one cycle over its half-hours, `:cosine_2` two; nothing in the two that only a long day has. */
const withWaves = (sql: string) =>
  sql.replaceAll(/:(sine|cosine)_(\d)/g, (_, wave: string, cycles: string) => {
    const of = wave === "sine" ? Math.sin : Math.cos;
    const values = Array.from({length: 50}, (_each, slot) =>
      slot < 48 ? of((2 * Math.PI * Number(cycles) * (slot + 0.5)) / 48).toFixed(6) : 0
    );
    return `[${values.join(", ")}]::double[50]`;
  });

/** What names a day of a delivery. */
const key = "load_id, meter_key, channel, unit, settlement_date";

/** Looks of one batch at the most: each settles what the looks before it left open, and a second is nearly always the last. */
const mostLooks = 6;

/**
 * Judges the meters of `trial_subjects` (load_id, meter_key) and leaves what is found in `trial_found`, a row for each day and kind. A load is judged by
 * what came until then and was not doubted. So the meters of which anything is found are looked at again, without what is under suspicion, until nothing
 * changes: the same as if each load had been judged as it came. A suspicion whose SQL fails is left out, and returned with its reason; the others stand.
 */
export async function findDoubts(connection: Connection, given: Judging, limits: Limits): Promise<readonly Unasked[]> {
  const judging = judgingWith(given, limits);
  const unasked = new Map<string, Unasked>();
  await connection.run(withWaves(judging.steps.days));
  await suspectWhatIsLeftOut(connection);
  let before = "";
  for (let looks = 0; looks < mostLooks; looks += 1) {
    await look(connection, judging, unasked);
    const found = await digestOfFound(connection);
    if (found === before) break;
    before = found;
    await narrow(connection);
  }
  return [...unasked.values()];
}

/** Makes `trial_suspects`: what is left out by earlier judgements and by decisions, and not judged now. */
async function suspectWhatIsLeftOut(connection: Connection): Promise<void> {
  await connection.run(
    `create or replace temp table trial_left_out as
     select ${key} from ops.left_out o
     where why = 'withdrawn' or not exists (from trial_subjects s where s.load_id = o.load_id and s.meter_key = o.meter_key)`
  );
  await connection.run("create or replace temp table trial_suspects as from trial_left_out");
}

/** Only meters of which something is found are looked at again; what is found is under suspicion. */
async function narrow(connection: Connection): Promise<void> {
  await connection.run(
    `create or replace temp table trial_days as
     select * from trial_days semi join (select meter, channel from trial_days semi join trial_found using (${key})) using (meter, channel)`
  );
  await connection.run(
    `create or replace temp table trial_suspects as from trial_left_out union select ${key} from trial_found where outcome = 'doubtful'`
  );
}

async function digestOfFound(connection: Connection): Promise<string> {
  const {digest} = await connection.row<{digest: string | null}>(
    `select bit_xor(hash(${key}, half_hours, kind))::varchar as digest from trial_found`
  );
  return digest ?? "";
}

async function look(
  connection: Connection,
  {steps: {months, usual, rated}, suspicions}: Judging,
  unasked: Map<string, Unasked>
): Promise<void> {
  for (const step of [months, usual]) await connection.run(step);
  const asked = suspicions.filter(({kind}) => !unasked.has(kind));
  const rate = (some: readonly Suspicion[]) => connection.run(ratedWith(some, rated));
  await rate(asked).catch(async error => {
    if (isFatal(error)) throw error;
    for (const each of asked) await asking(each, unasked, () => rate([each]));
    await rate(asked.filter(({kind}) => !unasked.has(kind)));
  });
  await connection.run(
    `create or replace temp table trial_found
     (load_id integer, meter_key varchar, channel varchar, unit varchar, settlement_date date, half_hours ubigint, kind varchar, outcome varchar, rank integer, found double, usual double)`
  );
  const possible = asked.filter(({kind}) => !unasked.has(kind));
  for (const each of await raisedOf(connection, possible))
    await asking(each, unasked, () =>
      connection.run(
        `insert into trial_found
         select ${key}, half_hours, '${each.kind}', '${each.outcome}', ${each.rank}, found, usual from (${each.sql})`
      )
    );
}

/** Does what one suspicion asks; where it fails, it is not asked again. What is fatal is thrown. */
async function asking({kind}: Suspicion, unasked: Map<string, Unasked>, ask: () => Promise<void>): Promise<void> {
  await ask().catch(error => {
    if (isFatal(error)) throw error;
    unasked.set(kind, {kind, reason: messageOf(error).split("\n")[0] ?? ""});
  });
}

/** Makes `trial_rated`: the days that meet the screen of some suspicion, and of which. */
function ratedWith(suspicions: readonly Suspicion[], rated: string): string {
  const screens = suspicions.map(({kind, screen}) => `coalesce(${screen}, false) as looks_${kind}`);
  const any = ["false", ...suspicions.map(({kind}) => `looks_${kind}`)].join(" or ");
  return `create or replace temp table trial_rated as select * from (select ${["*", ...screens].join(", ")} from (${rated})) where ${any}`;
}

/** The suspicions whose screen some day meets. */
async function raisedOf(connection: Connection, suspicions: readonly Suspicion[]): Promise<readonly Suspicion[]> {
  if (suspicions.length === 0) return [];
  const looks = suspicions.map(({kind}) => `coalesce(bool_or(looks_${kind}), false) as "${kind}"`);
  const met = await connection.row<Record<string, boolean>>(`select ${looks.join(", ")} from trial_rated`);
  return suspicions.filter(({kind}) => met[kind]);
}
