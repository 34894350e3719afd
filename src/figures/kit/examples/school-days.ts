import type {EnergySignature} from "../../../models/marts/energy_signatures.ts";
import type {SignaturePoint} from "../../../models/marts/signature_points.ts";
import {utc} from "./invented.ts";

const school = {site_id: "westfold", site_name: "Westfold Primary School", energy: "gas"} as const;

/** Fourteen months of a school's gas: 4 kW for hot water, 9 kW for each degree below 15 °C, next to nothing while it is shut; then it runs on shut days too. */
export const schoolDays: readonly SignaturePoint[] = Array.from({length: 420}, (_, index) => {
  const day = new Date(utc("2025-09-01").getTime() + index * 86_400_000);
  const celsius =
    Math.round(10 * (10 - 7 * Math.cos((2 * Math.PI * (index - 142)) / 365) + 3 * Math.sin(index * 1.7))) / 10;
  const isOpen = day.getUTCDay() % 6 !== 0;
  const is_fitted = index < 365;
  const degrees = Math.max(15 - celsius, 0);
  const signature_kw = isOpen ? 4 + 9 * degrees : 2;
  const kw = (isOpen || (!is_fitted && index > 390) ? 4 + 9 * degrees : 2) * (1 + 0.06 * Math.sin(index * 2.3));
  return {
    ...{...school, quantity: "use" as const, settlement_date: day, celsius, is_fitted},
    opening: isOpen ? ("open" as const) : ("weekend" as const),
    ...{kw, signature_kw, excess_kwh: 24 * (kw - signature_kw)}
  };
});

const line = (values: Partial<EnergySignature>): EnergySignature => ({
  ...{...school, opening: "open", shape: "heating", base_kw: 4, heating_point_c: 15, heating_kw_per_degree: 9},
  ...{cooling_point_c: null, cooling_kw_per_degree: 0, adjusted_r2: 0.98, days: 261, is_parted: true, tried_days: 365},
  ...{cv_rmse: 0.11, bias: 0.001, autocorrelation: 0.2, failed: null, has_weather: true},
  ...{from_date: utc("2025-09-01"), to_date: utc("2026-08-31"), excess_kwh: 6980, excess_chance_kwh: 900},
  ...values
});

export const schoolLines: readonly EnergySignature[] = [
  line({}),
  line({opening: "weekend", shape: "constant", base_kw: 2, heating_point_c: null, heating_kw_per_degree: 0, days: 104})
];
