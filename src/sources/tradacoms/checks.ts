import type {RejectedRecord} from "../record-format.ts";
import {amountOf, areWithin, type Decimal, penny, poundsText, shifted, sumOf, textOf, zero} from "../text/decimal.ts";
import type {ChargeLine} from "./lines.ts";
import type {SupplierSettings} from "./suppliers.ts";

/** Decimals that a quantity is read with (`lines.ts`), where its supplier has not declared others. */
const impliedDecimals = 3;

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
      unitDecimals.map(scale => shifted(units.amount, scale - impliedDecimals).times(shifted(digits, decimals)))
    )
  );
  if (products.some(found => areWithin(found.abs(), charge.abs(), penny))) return null;
  return {
    line: line.line,
    rule: "units at their price are the charge, to the penny",
    value: `${textOf(units.amount)} × ${prices.map(each => textOf(each)).join(" or ")}: ${poundsText(charge)}`
  };
}

/** Cubic metres in a hundred cubic feet, the other unit of gas meters. */
const m3PerHcf: Decimal = amountOf("2.83168") ?? zero;

/**
 * Why volume × correction factor × calorific value (MJ/m3) / 3.6 is not the energy, to 1 in 100 or the energy of a cubic metre, which is what
 * a volume is rounded to; null where it is, or one of them is not there.
 */
export function whyMisconverted(line: ChargeLine, kwh: Decimal, calorificValue: Decimal | null): RejectedRecord | null {
  const volume = line.quantities.CONB ?? line.quantities.CONS;
  if (volume === null || line.factor === null || calorificValue === null) return null;
  if (!["M3", "HH", "HCUF"].includes(volume.unit)) return null;
  const cubicMetres = volume.unit === "M3" ? volume.amount : volume.amount.times(m3PerHcf);
  const megajoules = cubicMetres.times(line.factor).times(calorificValue);
  const billed = kwh.times("3.6");
  const hundredth = megajoules.abs().times("0.01");
  if (areWithin(megajoules, billed, hundredth) || areWithin(megajoules, billed, calorificValue)) return null;
  return {
    line: line.line,
    rule: "volume × correction × calorific value / 3.6 is the energy",
    value: `${textOf(volume.amount)} × ${textOf(line.factor)} × ${textOf(calorificValue)} / 3.6, ${textOf(kwh)}`
  };
}

/** Why a bill's charges do not add up to its net, to a penny for each; null where they do, or it does not say them all. */
export function whyChargesDiffer(
  line: number,
  lines: readonly ChargeLine[],
  net: Decimal | null
): RejectedRecord | null {
  const charges = lines.flatMap(({charge}) => charge ?? []);
  if (net === null || charges.length === 0) return null;
  const sum = sumOf(charges);
  if (areWithin(sum, net, penny.times(charges.length))) return null;
  return {line, rule: "bill total: its charges add up to its net", value: `${poundsText(sum)}, ${poundsText(net)}`};
}
