import {kindOf, withKind} from "../bill-tables/bill-kind.ts";
import type {BillPeriod} from "../kinds.ts";
import type {RejectedRecord} from "../record-format.ts";
import {shortDate} from "../text/dates.ts";
import {type Decimal, impliedPoint, poundsText, sumOf, textOf} from "../text/decimal.ts";
import {isRejected} from "../text/judged.ts";
import {shown} from "../text/shown.ts";
import {whyChargesDiffer, whyMisconverted, whyMispriced} from "./checks.ts";
import {type EnergyLine, energyOf, isGasLine, mayBeEnergy} from "./energy.ts";
import {amountsOf, type ChargeLine, chargeLineOf} from "./lines.ts";
import {type MeterNames, meterOf, namesOf} from "./meter.ts";
import {type Days, periodOf} from "./period.ts";
import {type Message, part, type Segment} from "./segments.ts";
import {type SupplierSettings, settingsOf} from "./suppliers.ts";

/** What one bill (a message UTLBIL) says. */
export interface Bill {
  readonly rows: readonly BillPeriod[];
  readonly rejected: readonly RejectedRecord[];
  /** 1 where it is of no energy: of standing charges, levies, or nothing but totals. */
  readonly dropped: 0 | 1;
  readonly net: Decimal | null;
  readonly vat: Decimal | null;
}

/** Who sent the transmission, in every way it says, and the name that stands before its numbers if it is not in the table of suppliers. */
export interface Sender {
  readonly names: readonly string[];
  readonly shortName: string;
}

interface Control {
  readonly line: number;
  readonly number: string;
  readonly type: string;
  readonly issued: string | null;
  readonly account: string | null;
  readonly supply: Days | null;
}

const control = {IVDT: 0, INVN: 2, BTCD: 5, VDAA: 6, SUMO: 7} as const;

/** Reads a bill: a row for each meter point and period it states the consumption of. */
export function billOf(message: Message, sender: Sender, givenMeter: string | null): Bill {
  const find = (code: string) => message.segments.find(segment => segment.code === code);
  const trailer = find("BTL");
  const totals = trailer === undefined ? {net: null, vat: null} : amountsOf(trailer, {net: 1, vat: 2});
  if (isRejected(totals)) return {rows: [], rejected: [totals], dropped: 0, net: null, vat: null};
  const lines = message.segments.filter(({code}) => code === "CCD").map(chargeLineOf);
  if (lines.length === 0) return {rows: [], rejected: [], dropped: 1, ...totals};
  const control = controlOf(message.line, find("BCD"), find("CLO"));
  if (isRejected(control)) return {rows: [], rejected: [control], dropped: 0, ...totals};
  return judged({control, lines, message, sender, givenMeter, ...totals});
}

interface Read {
  readonly control: Control;
  readonly lines: readonly ChargeLine[];
  readonly message: Message;
  readonly sender: Sender;
  readonly givenMeter: string | null;
  readonly net: Decimal | null;
  readonly vat: Decimal | null;
}

function judged(read: Read): Bill {
  const {control, lines, message, net, vat} = read;
  const settings = settingsOf(read.sender.names, lines.some(isGasLine) || hasCv(message) ? "gas" : "electricity");
  const wrong = lines.flatMap(line => line.problem ?? whyMispriced(line, settings) ?? []);
  const miscounted = whyChargesDiffer(control.line, lines, net);
  const warnings = miscounted === null ? wrong : [...wrong, miscounted];
  if (lines.some(line => line.problem !== null && mayBeEnergy(line, settings)))
    return {rows: [], rejected: warnings, dropped: 0, net, vat};
  const energy = energyOf(lines, settings);
  if (!Array.isArray(energy)) return {rows: [], rejected: [...warnings, energy], dropped: 0, net, vat};
  if (energy.length === 0) return {rows: [], rejected: warnings, dropped: 1, net, vat};
  const {rows, rejected} = rowsOf(read, energy, settings, new Set(wrong.map(({line}) => line)));
  return {rows, rejected: [...warnings, ...rejected], dropped: 0, net, vat};
}

function controlOf(line: number, bill: Segment | undefined, customer: Segment | undefined): Control | RejectedRecord {
  if (bill === undefined) return {line, rule: "a bill has control data (BCD)", value: ""};
  const field = (name: keyof typeof control, component = 0) => part(bill, control[name], component);
  const fail = (rule: string, value: string) => ({line: bill.line, rule, value: shown(value)});
  const type = field("BTCD");
  const [first, last] = [shortDate(field("SUMO")), shortDate(field("SUMO", 1))];
  const amended = type === "W" ? field("VDAA", 3) : "";
  if (field("INVN") === "") return fail("a bill has a number (INVN)", "");
  if (!/^[NFW]$/.test(type)) return fail("a bill is normal, final or withdrawn: N, F, W (BTCD)", type);
  if (field("SUMO") !== "" && (first === null || last === null))
    return fail("the supply period is of real dates, YYMMDD (SUMO)", `${field("SUMO")}:${field("SUMO", 1)}`);
  return {
    line: bill.line,
    number: amended || field("INVN"),
    type,
    issued: shortDate(field("IVDT")),
    account: (customer && (part(customer, 0, 2) || part(customer, 0, 1))) || null,
    supply: first === null || last === null ? null : {first, last}
  };
}

const isCv = (segment: Segment) => segment.code === "ADJ" && part(segment, 2, 0) === "CV";
const hasCv = ({segments}: Message) => segments.some(isCv);

/** The calorific value (MJ/m3) that an adjustment of the line gives, else the bill's only one. */
function calorificValueOf({segments}: Message, {sequence}: ChargeLine): Decimal | null {
  const values = segments.filter(isCv);
  const own = values.find(segment => part(segment, 0, 0) === sequence);
  const one = own ?? (values.length === 1 ? values[0] : undefined);
  return one === undefined ? null : impliedPoint(part(one, 2, 1), 5);
}

interface Group {
  readonly meter: string | null;
  readonly days: Days;
  readonly lines: EnergyLine[];
}

function rowsOf(read: Read, energy: readonly EnergyLine[], settings: SupplierSettings, wrong: ReadonlySet<number>) {
  const names = namesOf(read.message, read.lines);
  const groups = new Map<string, Group>();
  const rejected: RejectedRecord[] = [];
  for (const found of energy) {
    const placed = placeOf(read, found.line, names, settings);
    const misconverted = whyMisconverted(found.line, found.amount, calorificValueOf(read.message, found.line));
    if (misconverted !== null) rejected.push(misconverted);
    if (isRejected(placed)) rejected.push(placed);
    else {
      const key = `${placed.meter} ${placed.days.first} ${placed.days.last}`;
      const group = groups.get(key) ?? {...placed, lines: []};
      group.lines.push(found);
      groups.set(key, group);
    }
  }
  const bad = new Set([...wrong, ...rejected.map(({line}) => line)]);
  const whole = [...groups.values()].filter(group => !group.lines.some(({line}) => bad.has(line.line)));
  return {rows: whole.map((group, index) => rowOf(read, group, settings, names, index === 0)), rejected};
}

function placeOf(read: Read, line: ChargeLine, names: MeterNames, settings: SupplierSettings) {
  const meter = meterOf(line, names, read.givenMeter);
  if (isRejected(meter)) return meter;
  const days = periodOf(line, read.control.supply, settings);
  return isRejected(days) ? days : {...meter, days};
}

/** The amounts of a bill stand once, with its first row, so that rows add up to bills. */
function rowOf(
  read: Read,
  {meter, days, lines}: Group,
  settings: SupplierSettings,
  names: MeterNames,
  isFirst: boolean
) {
  const {control, net, vat} = read;
  const quantity = sumOf(lines.map(({amount}) => amount));
  const isWithdrawn = control.type === "W";
  const pounds = (amount: Decimal | null) =>
    amount === null || !isFirst ? null : poundsText(withKind(amount, isWithdrawn));
  const supplier = settings.name || read.sender.shortName;
  const row: BillPeriod = {
    line: lines[0]?.line.line ?? control.line,
    bill_id: `${supplier}/${control.number}`,
    account: control.account,
    kind: kindOf(control.type, quantity),
    issued_on: control.issued,
    meter,
    first_date: days.first,
    last_date: days.last,
    quantity: textOf(withKind(quantity, isWithdrawn)),
    unit: lines[0]?.unit ?? "kWh",
    is_estimated: isEstimated(read.lines, meter, names, settings),
    net_gbp: pounds(net),
    vat_gbp: pounds(vat),
    gross_gbp: pounds(net === null || vat === null ? null : sumOf([net, vat]))
  };
  return row;
}

/** Whether any read of the meter, on whatever line of the bill, is no actual one. Metered by half-hours, a bill has no reads. */
function isEstimated(
  lines: readonly ChargeLine[],
  meter: string | null,
  names: MeterNames,
  settings: SupplierSettings
) {
  const ofMeter = lines.filter(line => {
    const found = meterOf(line, names, null);
    return isRejected(found) || found.meter === meter || found.meter === null;
  });
  return ofMeter.some(({readTypes}) => readTypes.some(type => !settings.actualReads.includes(type)));
}
