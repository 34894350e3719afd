import {expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD, type Site} from "../../src/illustrative/estate.ts";
import {MISHAPS} from "../../src/illustrative/happenings.ts";
import {loadOn} from "../../src/illustrative/loads.ts";
import {siteOf, siteOn, supplyOf} from "../../src/illustrative/sites/sites.ts";
import {inventWeather} from "../../src/illustrative/weather.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {sharedStart} from "../support/shared-start.ts";

/** A site with all that it has but what was done at it, which goes by its name. */
const asItWas = (site: Site): Site => ({...site, siteId: "as-it-was"});

interface Told {
  readonly outcome: string;
  readonly avoided: number;
  readonly low: number;
  readonly high: number;
  readonly other_energy: string | null;
  readonly other: number | null;
  readonly other_low: number | null;
  readonly other_high: number | null;
}

test("what the lamps and the heat pump of the illustrative estate saved is inside the range that is told, and what the heat pump takes too", async () => {
  const {folder} = await sharedStart();
  const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
  const surroundings = {weather: inventWeather(2018, dates), mishaps: MISHAPS};

  /** The share of a day's use that would have been besides, had nothing been done: of its half-hours without their chance, which is the same with and without. */
  const shareOn = (siteId: string, energy: "electricity" | "gas") => {
    const meter = supplyOf(siteId, energy);
    return (date: string) => {
      const site = siteOn(meter, date);
      const [is, was] = [site, asItWas(site)].map(each =>
        loadOn(each, meter, surroundings, date).reduce((sum, kw) => sum + kw, 0)
      ) as [number, number];
      return is === 0 ? 0 : was / is - 1;
    };
  };

  await withPublished(folder, async connection => {
    const truth = async (measure: string, energy: "electricity" | "gas", isOther = false) => {
      const [{site_id, from} = {site_id: "", from: ""}] = await connection.rows<{site_id: string; from: string}>(
        `select site_id, reporting_from::date::varchar as from from marts.savings where measure_id = '${measure}'`
      );
      const days = await connection.rows<{date: string; kwh: number}>(
        isOther
          ? `select settlement_date::date::varchar as date, half_hourly_kwh as kwh from marts.site_energy_daily where site_id = '${site_id}' and energy = '${energy}' and settlement_date >= '${from}'`
          : `select settlement_date::date::varchar as date, actual_kwh as kwh from marts.savings_days where measure_id = '${measure}' and period = 'reporting'`
      );
      expect(days.length).toBeGreaterThan(400);
      expect(siteOf(site_id).siteId).toBe(site_id);
      const share = shareOn(site_id, energy);
      return days.reduce((sum, {date, kwh}) => sum + kwh * share(date), 0);
    };
    const told = async (measure: string) =>
      connection.row<Told>(
        `select outcome, avoided_kwh as avoided, avoided_kwh_low as low, avoided_kwh_high as high, other_energy, other_kwh as other, other_kwh_low as other_low, other_kwh_high as other_high
         from marts.savings where measure_id = '${measure}'`
      );

    const lamps = await told("led-quernsallow");
    const lampsTruly = await truth("led-quernsallow", "electricity");
    const pump = await told("heat-pump-harebellow");
    const pumpTruly = await truth("heat-pump-harebellow", "gas");
    const drawnTruly = await truth("heat-pump-harebellow", "electricity", true);
    if (process.env.TOLD) process.stdout.write(`${JSON.stringify({lamps, lampsTruly, pump, pumpTruly, drawnTruly})}\n`);
    expect(lamps).toMatchObject({outcome: "saves", other_energy: null});
    expect([lamps.low < lampsTruly, lampsTruly < lamps.high]).toEqual([true, true]);
    expect(pump).toMatchObject({outcome: "saves", other_energy: "electricity"});
    expect([pump.low < pumpTruly, pumpTruly < pump.high]).toEqual([true, true]);
    expect([(pump.other_low ?? 0) < drawnTruly, drawnTruly < (pump.other_high ?? 0)]).toEqual([true, true]);
  });
});
