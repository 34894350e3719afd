import type {Finding} from "../../src/models/marts/findings.ts";
import type {MeterPoint} from "../../src/models/marts/meter_points.ts";
import type {SiteEnergyDaily} from "../../src/models/marts/site_energy_daily.ts";
import type {SiteEnergyMonthly} from "../../src/models/marts/site_energy_monthly.ts";
import type {SiteHalfHourly} from "../../src/models/marts/site_half_hourly.ts";
import type {SiteLoadProfile} from "../../src/models/marts/site_load_profile.ts";
import type {SiteYear} from "../../src/models/marts/site_years.ts";

/** Names that would break a page whose words are put in as markup, run right to left, or never end. */
export const hostileNames = [
  `<img src=x onerror="alert(1)">'; DROP`,
  "مدرسة \u202eالحديقة {{verdict}}",
  "W".repeat(200)
] as const;

const day = (index: number) => new Date(Date.UTC(2026, 8, 1 + index));

/** Rows of a building: its meter, its year, two months of days, its usual day, and one finding. */
export function buildingRows(site_id: string, site_name: string): Record<string, readonly object[]> {
  const site = {site_id, site_name, energy: "electricity" as const};
  const meter: MeterPoint = {
    ...site,
    meter_point_id: `1600000000${site_id.length}`,
    valid_from: null,
    valid_to: null,
    first_read_date: day(0),
    last_read_date: day(60),
    quiet_days: 0
  };
  const year: SiteYear = {
    ...site,
    ...{site_kind: "leisure-centre", heated_by: "gas", quantity: "use", days: 365, held_share: 1},
    ...{kwh: 400_000, import_kwh: 400_000, t_co2e: 70.8, avoidable_gbp: 98_000, closed_share: 0.31},
    ...{base_load_kw: 21, base_load_before_kw: 15, days_compared: 360, kwh_compared: 395_000, kwh_before: 380_000},
    ...{kwh_per_m2: 134, kwh_per_m2_before: 129, peers_kwh_per_m2: 100, peers_closed_share: 0.22, peers: 3, place: 3},
    ...{kwh_per_pupil: null, pupils: null}
  };
  const daily = Array.from({length: 61}, (_, i): SiteEnergyDaily => {
    const isPart = i === 40;
    return {
      ...site,
      settlement_date: day(i),
      consumption_kwh: isPart ? 400 : 1000 + i,
      export_kwh: null,
      estimated_kwh: 0,
      quantity: "use",
      half_hourly_kwh: isPart ? 400 : 1000,
      closed_kwh: isPart ? 100 : 310,
      community_kwh: 0,
      day_class: "open",
      base_load_kw: 21,
      base_load_eight_lowest_kw: 20,
      expected_half_hours: 48,
      present_half_hours: isPart ? 20 : 48,
      estimated_half_hours: 0
    };
  });
  const monthly = [0, 1].map(
    (i): SiteEnergyMonthly => ({
      ...site,
      month: new Date(Date.UTC(2026, 8 + i, 1)),
      reporting_year: 2026,
      consumption_kwh: 31_000 + i,
      export_kwh: null,
      estimated_kwh: 0,
      quantity: "use",
      half_hourly_kwh: 30_000,
      closed_kwh: 9300,
      expected_half_hours: 1440 + 48 * i,
      present_half_hours: 1440 + 20 * i,
      estimated_half_hours: 0
    })
  );
  const profile = (["Monday to Friday", "Saturday", "Sunday"] as const).flatMap(day_type =>
    Array.from(
      {length: 48},
      (_, clock_half_hour): SiteLoadProfile => ({
        ...site,
        ...{quantity: "use", day_type, clock_half_hour, p10_kw: 18, median_kw: 20 + clock_half_hour, p90_kw: 75},
        ...{days: 50, base_load_kw: 21, from_date: day(0), to_date: day(60)}
      })
    )
  );
  // 24 to 26 October 2026: the clocks go back on the second of them, and its 03:00 was not read.
  const halfHours = [53, 54, 55].flatMap(index =>
    Array.from(
      {length: 48},
      (_, clock_half_hour): SiteHalfHourly => ({
        ...site,
        ...{quantity: "use", settlement_date: day(index), clock_half_hour},
        power_kw: index === 54 && clock_half_hour === 6 ? null : 20 + clock_half_hour / 8,
        is_estimated: index === 54 && clock_half_hour === 20
      })
    )
  );
  const finding: Finding = {
    ...site,
    finding_id: `base-load-up.${site_id}`,
    kind: "base load up",
    site_kind: "leisure-centre",
    subject: site_name,
    since: day(6),
    ...{measured: 6, usual: 15, days_counted: 50, confidence: "high", kwh_so_far: 7000, kwh_a_year: 50_000},
    ...{m3_so_far: null, m3_a_year: null, gbp_a_year: 12_000, gbp_a_year_low: 11_000, gbp_a_year_high: 13_000},
    ...{
      t_co2e_a_year: 9,
      t_co2e_a_year_low: 8,
      t_co2e_a_year_high: 10,
      t_co2e_missing: null,
      due_on: null,
      detail: null
    },
    ...{owner_role: "estates manager", state: "acknowledged", decided_on: day(20), snoozed_until: null},
    ...{decided_why: "a word that stays in the house", decided_by: "estates manager"},
    ...{cost_centre: null, service: null, ward: null, recharged_to: null}
  };
  return {
    meter_points: [meter],
    site_years: [year],
    site_energy_daily: daily,
    site_energy_monthly: monthly,
    site_load_profile: profile,
    site_half_hourly: halfHours,
    findings: [finding]
  };
}

/** The rows of several buildings together. */
export function rowsOfBuildings(all: readonly Record<string, readonly object[]>[]): Record<string, readonly object[]> {
  const names = [...new Set(all.flatMap(Object.keys))];
  return Object.fromEntries(names.map(name => [name, all.flatMap(rows => rows[name] ?? [])]));
}
