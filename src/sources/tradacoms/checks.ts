import type {RejectedRecord} from "../record-format.ts";
import {areWithin, type Exact, magnitude, poundsText, product, sumOf, textOf} from "../text/bills-exact.ts";
import type {ChargeLine} from "./lines.ts";
import type {SupplierSettings} from "./suppliers.ts";

const penny: Exact = {digits: 1n, decimals: 2};

/** Why a line's units at its price are not its charge, to the penny; null where they are, or one of the three is not there. */
export function whyMispriced(line: ChargeLine, settings: SupplierSettings): RejectedRecord | null {
  const {charge, prices} = line;
  const units = line.quantities.NUCT ?? line.quantities.CONS;
  if (charge === null || units === null || prices.length === 0) return null;
  const own = settings.ownDecimals[line.supplierCode];
  const unitDecimals = own === undefined ? (units.unit.startsWith("DAY") ? [3, 0] : [3]) : [own.units];
  const priceDecimals = own === undefined ? settings.priceDecimals : [own.price];
  const products = prices.flatMap(digits =>
    priceDecimals.flatMap(decimals =>
      unitDecimals.map(scale => product({digits: units.amount.digits, decimals: scale}, {digits, decimals}))
    )
  );
  if (products.some(found => areWithin(magnitude(found), magnitude(charge), penny))) return null;
  return {
    line: line.line,
    rule: "units at their price are the charge, to the penny",
    value: `${textOf(units.amount)} × ${prices.join(" or ")}: ${poundsText(charge)}`
  };
}

/** Cubic metres in a hundred cubic feet, the other unit of gas meters. */
const m3PerHcf: Exact = {digits: 283168n, decimals: 5};

/**
 * Why volume × correction factor × calorific value (MJ/m3) / 3.6 is not the energy, to 1 in 100 or the energy of a cubic metre, which is what
 * a volume is rounded to; null where it is, or one of them is not there.
 */
export function whyMisconverted(line: ChargeLine, kwh: Exact, calorificValue: Exact | null): RejectedRecord | null {
  const volume = line.quantities.CONB ?? line.quantities.CONS;
  if (volume === null || line.factor === null || calorificValue === null) return null;
  if (!["M3", "HH", "HCUF"].includes(volume.unit)) return null;
  const cubicMetres = volume.unit === "M3" ? volume.amount : product(volume.amount, m3PerHcf);
  const megajoules = product(product(cubicMetres, line.factor), calorificValue);
  const billed = product(kwh, {digits: 36n, decimals: 1});
  const hundredth = product(magnitude(megajoules), {digits: 1n, decimals: 2});
  if (areWithin(megajoules, billed, hundredth) || areWithin(megajoules, billed, calorificValue)) return null;
  return {
    line: line.line,
    rule: "volume × correction × calorific value / 3.6 is the energy",
    value: `${textOf(volume.amount)} × ${textOf(line.factor)} × ${textOf(calorificValue)} / 3.6, ${textOf(kwh)}`
  };
}

/** Why a bill's charges do not add up to its net, to a penny for each; null where they do, or it does not say them all. */
export function whyChargesDiffer(line: number, lines: readonly ChargeLine[], net: Exact | null): RejectedRecord | null {
  const charges = lines.flatMap(({charge}) => charge ?? []);
  if (net === null || charges.length === 0) return null;
  const sum = sumOf(charges);
  if (areWithin(sum, net, {digits: BigInt(charges.length), decimals: 2})) return null;
  return {line, rule: "bill total: its charges add up to its net", value: `${poundsText(sum)}, ${poundsText(net)}`};
}
