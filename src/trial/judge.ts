import {readFile} from "node:fs/promises";
import {ModelError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {readSuspicions, type Suspicion} from "./suspicions.ts";

/** The thresholds of the day on which it is judged, by name. */
export type Limits = ReadonlyMap<string, number>;

/** The texts of the product, which do not change while it runs. */
interface Texts {
  readonly steps: Readonly<Record<Step, string>>;
  readonly suspicions: readonly Suspicion[];
}

const steps = ["days", "months", "usual", "rated"] as const;
type Step = (typeof steps)[number];

let texts: Promise<Texts> | undefined;

async function readTexts(): Promise<Texts> {
  const read = steps.map(
    async name => [name, await readFile(new URL(`./${name}.sql`, import.meta.url), "utf8")] as const
  );
  return {steps: Object.fromEntries(await Promise.all(read)) as Texts["steps"], suspicions: await readSuspicions()};
}

/** The same texts with the thresholds that they name put in. */
async function textsWith(limits: Limits): Promise<Texts> {
  texts ??= readTexts();
  const given = await texts;
  const put = (sql: string) =>
    sql.replaceAll(/threshold\('(\w+)'\)/g, (_, name: string) => {
      const value = limits.get(name);
      if (value === undefined) throw new ModelError(`no threshold ${name}`);
      return `${value}::double`;
    });
  return {
    steps: Object.fromEntries(steps.map(name => [name, put(given.steps[name])])) as Texts["steps"],
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
 * changes: the same as if each load had been judged as it came.
 */
export async function findDoubts(connection: Connection, limits: Limits): Promise<void> {
  const judging = await textsWith(limits);
  await connection.run(withWaves(judging.steps.days));
  await suspectWhatIsLeftOut(connection);
  let before = "";
  for (let looks = 0; looks < mostLooks; looks += 1) {
    await look(connection, judging);
    const found = await digestOfFound(connection);
    if (found === before) return;
    before = found;
    await narrow(connection);
  }
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

async function look(connection: Connection, {steps: {months, usual, rated}, suspicions}: Texts): Promise<void> {
  for (const step of [months, usual]) await connection.run(step);
  const screens = suspicions.map(({kind, screen}) => `coalesce(${screen}, false) as looks_${kind}`);
  const any = suspicions.map(({kind}) => `looks_${kind}`).join(" or ");
  await connection.run(
    `create or replace temp table trial_rated as select * from (select *, ${screens.join(", ")} from (${rated})) where ${any}`
  );
  await connection.run(
    `create or replace temp table trial_found
     (load_id integer, meter_key varchar, channel varchar, unit varchar, settlement_date date, half_hours ubigint, kind varchar, outcome varchar, rank integer, found double, usual double)`
  );
  for (const {kind, sql, outcome, rank} of await raisedOf(connection, suspicions))
    await connection.run(
      `insert into trial_found select ${key}, half_hours, '${kind}', '${outcome}', ${rank}, found, usual from (${sql})`
    );
}

/** The suspicions whose screen some day meets. */
async function raisedOf(connection: Connection, suspicions: readonly Suspicion[]): Promise<readonly Suspicion[]> {
  const looks = suspicions.map(({kind}) => `coalesce(bool_or(looks_${kind}), false) as "${kind}"`);
  const met = await connection.row<Record<string, boolean>>(`select ${looks.join(", ")} from trial_rated`);
  return suspicions.filter(({kind}) => met[kind]);
}
