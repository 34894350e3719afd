import {expect} from "vitest";
import {defineProof} from "../prove/proof.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Day, type Drift, drifts, type Form, forms} from "./drifts.ts";
import {cellsOf, datesFrom} from "./meters.ts";

/** The past of every meter: the winter before and the two months before the delivery. */
const past = [...datesFrom("2024-12-01", 90), ...datesFrom("2025-11-01", 61)];
const month = datesFrom("2026-01-01", 31);

/** How much of the delivery is wrong: the weakest is a fifth of its days. */
const strengths = {"20 %": 6, "50 %": 15, "100 %": 31};

/** What nothing can show, each with its reason: a tenth of the drifts at the most. */
const unshown: readonly {kind: string; forms: readonly string[]; strengths: readonly string[]; because: string}[] = [
  {
    ...{kind: "kWh halved", forms: ["tgp-gas-brief"], strengths: Object.keys(strengths)},
    because: "half of a cold day's gas is less of a change than from one week to the next"
  },
  {
    ...{kind: "a day late", forms: ["tgp-gas-brief"], strengths: Object.keys(strengths)},
    because: "a weekend's gas follows the weather more than the day of the week"
  },
  {
    ...{kind: "a day late", forms: ["opus-row-per-period"], strengths: Object.keys(strengths)},
    because: "a leisure centre's days are all alike"
  },
  {
    ...{kind: "zeros for what is missing", forms: ["tgp-gas-brief"], strengths: ["20 %"]},
    because: "heating rests for a week in holidays"
  }
];

const parts = forms.flatMap(form => Object.entries(strengths).map(([strength, days]) => ({form, strength, days})));

const stampOf = ({name}: Form, at: string) =>
  name === "d0036" ? at.replaceAll(/\D/g, "") : `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(2, 4)} 07:00`;

/** The days of a month that are wrong: from the first on where all are or where only the first twelve can be, else from the tenth. */
function wrongDays(drift: Drift, count: number): Set<string> {
  const first = count === 31 || drift.kind.startsWith("day and month") ? 0 : 9;
  return new Set(month.slice(first, first + count));
}

defineProof("drifts", {
  parts: {small: 1, whole: parts.length},
  async prove(part, seed) {
    const {form, strength, days} = parts[part - 1] ?? parts[0] ?? expect.fail("no part");
    const meters = drifts
      .filter(({energies}) => energies?.includes(form.energy) ?? true)
      .map((drift, index) => ({
        drift,
        id: form.idOf(index),
        read: form.meterOf(`${seed} ${drift.kind}`),
        wrong: wrongDays(drift, days)
      }));
    const other = form.meterOf(`${seed} another`);
    const c = new Canopy(await makeDataFolder(meters.map(({id}) => ({id, energy: form.energy}))));
    const bring = (at: string, name: string, all: readonly Day[]) => c.bring(name, form.file(stampOf(form, at), all));
    const asItIs = (of: typeof meters, dates: readonly string[]): Day[] =>
      of.flatMap(({id, read}) => dates.map(date => ({meter: id, date, cells: cellsOf(read, date)})));
    await bring("2026-01-02T07:00:00", "past.csv", asItIs(meters, past));
    const held = meters.filter(({drift}) => drift.isRevision);
    await bring("2026-02-02T07:00:00", "january.csv", asItIs(held, month));
    const delivered = meters.flatMap(({drift, id, read, wrong}) =>
      drift
        .days(
          read,
          month,
          date => wrong.has(date),
          (date, halfHour) => 2 * other(date, halfHour)
        )
        .map(day => ({meter: id, ...day}))
    );
    await bring("2026-02-03T07:00:00", "delivery.csv", delivered);
    const rows = await c.live<{id: string; date: string; kind: string}>(
      "select meter_key as id, settlement_date::varchar as date, kind from ops.doubts where outcome = 'doubtful'"
    );
    const registers = await c.live<{value: string}>("select distinct value from ops.rejects where rule = 'register'");
    const conflicts = await c.ask<{id: string; from: string; to: string}>(
      "select meter_point_id as id, first_date::date::varchar as from, last_date::date::varchar as to from marts.conflicts"
    );
    const told = meters.map(({drift, id, wrong}) => {
      const isSetAside = registers.some(({value}) => value.startsWith(`${id} `));
      const isDisputed = (date: string) =>
        conflicts.some(conflict => conflict.id === id && conflict.from <= date && date <= conflict.to);
      const doubted = rows.filter(row => row.id === id);
      const isThere = (date: string) =>
        doubted.some(
          row => row.date === date || row.date === `${date.slice(0, 5)}${date.slice(8)}-${date.slice(5, 7)}`
        );
      const shown = [...wrong].filter(date => isSetAside || isDisputed(date) || isThere(date)).length;
      const beside = doubted.filter(row => month.includes(row.date) && !wrong.has(row.date)).length;
      const reason = unshown.find(
        each => each.kind === drift.kind && each.forms.includes(form.name) && each.strengths.includes(strength)
      )?.because;
      return {
        kind: drift.kind,
        wrong: wrong.size,
        shown,
        beside,
        as: [
          ...(isSetAside ? ["set aside"] : []),
          ...(conflicts.some(conflict => conflict.id === id) ? ["conflict"] : []),
          ...new Set(doubted.map(({kind}) => kind))
        ].join(),
        reason
      };
    });
    if (process.env.CANOPY_PROVE === "drifts" || process.env.TOLD)
      process.stdout.write(`${form.name} ${strength}\n${told.map(each => `  ${JSON.stringify(each)}\n`).join("")}`);
    const silent = told.filter(({shown, wrong, reason}) => reason === undefined && shown * 2 < Math.min(wrong, 12));
    expect(silent).toEqual([]);
    return {
      drifts: told.length,
      doubted: told.filter(({shown, wrong}) => shown * 2 >= Math.min(wrong, 12)).length,
      "nothing can show": told.filter(({reason}) => reason !== undefined).length,
      "wrong and silent": silent.length,
      "days doubted beside": told.reduce((sum, {beside}) => sum + beside, 0)
    };
  }
});
