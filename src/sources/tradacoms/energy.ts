import {type Decimal, sumOf} from "../text/decimal.ts";
import type {ChargeLine, Measured} from "./lines.ts";
import type {EnergyRule, SupplierSettings} from "./suppliers.ts";

/** A line that is consumption, with how much. Negative in a credit. */
export interface EnergyLine {
  readonly line: ChargeLine;
  readonly amount: Decimal;
  readonly unit: "kWh" | "m3";
}

/** What is wrong with how a bill states its consumption: the line it shows in, and the values. */
export interface EnergyProblem {
  readonly line: number;
  readonly rule: string;
  readonly value: string;
}

/**
 * Words of what is charged by the kWh beside the energy itself: levies, use of the networks, losses, reactive energy. The same kWh stand on
 * such lines again.
 */
const besideEnergy =
  /reactive|kvar|capacity|availab|levy|levies|climate|\bccl\b|renewable|\bro\b|\brego\b|feed.?in|\bfit\b|\bcfd\b|for difference|aahedc|hydro|bsuos|balancing|tnuos|transmission|duos|distribution|use of system|triad|loss|settlement|elexon|discount|relief|transportation|unidentified|swing|management|administration/i;

const isBesideEnergy = ({tariffText}: ChargeLine) => besideEnergy.test(tariffText);

/** The lines of a bill that are its consumption, each once; none where it has no energy. */
export function energyOf(lines: readonly ChargeLine[], settings: SupplierSettings): EnergyLine[] | EnergyProblem {
  if (settings.energy === null) return energyByIndicator(lines);
  for (const rule of settings.energy) {
    const found = lines
      .filter(line => fits(line, rule))
      .flatMap(line => energyLine(line, [rule.quantity], ["KWH", ""]));
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a line would be consumption, could it be read: a bill with such a line that cannot be has no consumption that is known whole. */
export function mayBeEnergy(line: ChargeLine, {energy}: SupplierSettings): boolean {
  if (energy === null) return !/^[3-6]$/.test(line.indicator) && !isBesideEnergy(line);
  return energy.some(rule => fits(line, rule));
}

function fits(line: ChargeLine, rule: EnergyRule): boolean {
  const {indicators, supplierCodes, tariffs, modifiers} = rule;
  const isOneOf = (codes: readonly string[] | undefined, code: string) => codes?.includes(code) ?? true;
  return (
    isOneOf(indicators, line.indicator) &&
    isOneOf(supplierCodes, line.supplierCode) &&
    isOneOf(tariffs, line.tariff) &&
    isOneOf(modifiers, line.modifier) &&
    !/reactive|kvar/i.test(line.tariffText)
  );
}

const adjustedFirst = ["CONA", "CONS", "NUCT"] as const;
const billedFirst = ["NUCT", "CONA", "CONS"] as const;
const volumes = ["CONB", "CONS", "NUCT"] as const;

function energyLine(
  line: ChargeLine,
  order: readonly ("CONS" | "CONB" | "CONA" | "NUCT")[],
  units: readonly string[]
): EnergyLine[] {
  const stated = order.map(name => line.quantities[name]).find(found => found !== null && units.includes(found.unit));
  if (stated === undefined || stated === null) return [];
  return [{line, amount: stated.amount, unit: units.includes("M3") ? "m3" : "kWh"}];
}

/** By the indicator alone: 2 is consumption, and so is 1 where no 2 of the bill repeats it. */
function energyByIndicator(lines: readonly ChargeLine[]): EnergyLine[] | EnergyProblem {
  const stated = lines.filter(line => /^[12]$/.test(line.indicator) && !isBesideEnergy(line));
  const kwh = stated.flatMap(line => energyLine(line, isGasLine(line) ? billedFirst : adjustedFirst, ["KWH"]));
  const charged = lines.find(line => !/^[125]$/.test(line.indicator) && !isBesideEnergy(line) && hasKwh(line));
  if (kwh.length > 0) return withoutRepeats(kwh);
  if (charged !== undefined)
    return {
      line: charged.line,
      rule: "consumption stands on a charge line (3, 4, 6) alone: the supplier's settings are needed",
      value: `${charged.supplierCode} ${charged.tariff}`.trim()
    };
  return withoutRepeats(stated.flatMap(line => energyLine(line, volumes, ["M3"])));
}

const measures = ({quantities}: ChargeLine): Measured[] => Object.values(quantities).filter(found => found !== null);
const hasKwh = (line: ChargeLine) => measures(line).some(({unit}) => unit === "KWH");

/** Whether a line is of gas: by its code, its conversion or a volume. */
export const isGasLine = (line: ChargeLine): boolean =>
  line.supplierCode === "GAS" || measures(line).some(({unit}) => ["M3", "HH", "HCUF"].includes(unit));

function withoutRepeats(found: readonly EnergyLine[]): EnergyLine[] | EnergyProblem {
  const charged = found.filter(({line}) => line.indicator === "2");
  const problem = repeatedCharge(charged);
  if (problem !== null) return problem;
  const read = found.filter(({line}) => line.indicator === "1");
  const uncharged = read.filter(one => !charged.some(two => isSameMeter(one.line, two.line)));
  const repeated = read.filter(one => !uncharged.includes(one));
  const strange = repeated.find(one => !charged.some(two => isSameMeter(one.line, two.line) && isSame(one, two)));
  if (strange === undefined || totalOf(repeated).eq(totalOf(charged))) return [...charged, ...uncharged];
  return {
    line: strange.line.line,
    rule: "consumption (1) is what the charges of the meter (2) are of",
    value: String(strange.line.sequence)
  };
}

const totalOf = (lines: readonly EnergyLine[]) => sumOf(lines.map(({amount}) => amount));
const isSame = (a: EnergyLine, b: EnergyLine) => a.amount.eq(b.amount);

/** Lines are of one meter unless both say which, and differ: a number is left out of lines that follow. */
function isSameMeter(a: ChargeLine, b: ChargeLine): boolean {
  const isOpen = (one: string, other: string) => one === "" || other === "" || one === other;
  return isOpen(a.serial, b.serial) && isOpen(a.location, b.location);
}

/** Two charges of the same kWh in the same days, neither with a read: one of them is a levy under a name of its own. */
function repeatedCharge(charged: readonly EnergyLine[]): EnergyProblem | null {
  const isTwin = (a: EnergyLine, b: EnergyLine) =>
    a !== b && isSame(a, b) && isSameMeter(a.line, b.line) && a.line.from === b.line.from && a.line.to === b.line.to;
  const bare = charged.filter(({line, amount}) => !line.hasReads && !amount.eq(0));
  const twin = bare.find((one, index) => bare.slice(0, index).some(other => isTwin(one, other)));
  if (twin === undefined) return null;
  return {
    line: twin.line.line,
    rule: "the same consumption is charged twice: the supplier's settings are needed",
    value: String(twin.line.sequence)
  };
}
