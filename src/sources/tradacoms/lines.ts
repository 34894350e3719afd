import type {RejectedRecord} from "../record-format.ts";
import {shortDate} from "../text/dates.ts";
import {type Decimal, impliedPoint} from "../text/decimal.ts";
import {shown} from "../text/shown.ts";
import {part, type Segment} from "./segments.ts";
import type {QuantityName} from "./suppliers.ts";

/** A quantity and the unit written with it, in capitals; "" where none is. */
export interface Measured {
  readonly amount: Decimal;
  readonly unit: string;
}

/** One consumption or charge line (CCD). */
export interface ChargeLine {
  readonly line: number;
  readonly sequence: string;
  /** 1 consumption, 2 consumption and charge, 3 charge, 4 other charge, 5 reads for information, 6 other variable charge. */
  readonly indicator: string;
  readonly supplierCode: string;
  readonly tariff: string;
  readonly tariffText: string;
  readonly modifier: string;
  readonly serial: string;
  readonly location: string;
  readonly hasReads: boolean;
  readonly readTypes: readonly string[];
  readonly quantities: Readonly<Record<QuantityName, Measured | null>>;
  /** Conversion factor (CF), of five implied decimals. */
  readonly factor: Decimal | null;
  /** Digits of the price as charged and as based, without their point. */
  readonly prices: readonly Decimal[];
  readonly charge: Decimal | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly readFrom: string | null;
  readonly readTo: string | null;
  /** Why a field of it cannot be read; that field is then null. */
  readonly problem: RejectedRecord | null;
}

const at = {
  SEQA: 0,
  CCDE: 1,
  TCOD: 2,
  TMOD: 3,
  MTNR: 4,
  MLOC: 5,
  PRDT: 6,
  PVDT: 7,
  PRRD: 9,
  CONS: 10,
  CONB: 11,
  ADJF: 12,
  CONA: 13,
  BPRI: 14,
  NUCT: 15,
  CSDT: 16,
  CEDT: 17,
  CPPU: 18,
  CTOT: 19
} as const;

type Place = keyof typeof at;

/** The fields of a segment, read; what cannot be is null, and why is kept. */
function fieldsOf(segment: Segment) {
  const problems: RejectedRecord[] = [];
  const fail = (rule: string, value: string): null => {
    problems.push({line: segment.line, rule, value: shown(value)});
    return null;
  };
  const text = (element: number, component = 0) => part(segment, element, component);
  const digits = (name: string, element: number, component: number, decimals: number): Decimal | null => {
    const written = text(element, component);
    if (written === "") return null;
    return impliedPoint(written, decimals) ?? fail(`an amount is digits without a point (${name})`, written);
  };
  const signed = (name: string, size: Decimal | null, indicator: string): Decimal | null => {
    if (size === null || indicator === "") return size;
    return indicator === "R" ? size.neg() : fail(`the credit indicator is R or nothing (${name})`, indicator);
  };
  return {
    problems,
    fail,
    text,
    digits,
    date: (name: string, element: number): string | null => {
      const written = text(element);
      if (written === "") return null;
      return shortDate(written) ?? fail(`a date is a real one, YYMMDD (${name})`, written);
    },
    /** Pence, in pounds. */
    pounds: (name: string, element: number) => signed(name, digits(name, element, 0, 2), text(element, 1)),
    measured: (name: string, element: number): Measured | null => {
      const unit = text(element, 1).toUpperCase();
      const [said, indicator] = unit === "R" ? ["", "R"] : [unit, text(element, 2)];
      const amount = signed(name, digits(name, element, 0, 3), indicator);
      return amount === null ? null : {amount, unit: said};
    }
  };
}

/** A charge line as written. */
export function chargeLineOf(segment: Segment): ChargeLine {
  const field = fieldsOf(segment);
  const text = (place: Place, component = 0) => field.text(at[place], component);
  const date = (place: Place) => field.date(place, at[place]);
  const measured = (place: QuantityName) => field.measured(place, at[place]);
  const indicator = text("CCDE");
  if (!/^[1-6]$/.test(indicator)) field.fail("a charge line has an indicator of 1 to 6 (CCDE)", indicator);
  const line = {
    line: segment.line,
    sequence: text("SEQA"),
    indicator,
    supplierCode: text("CCDE", 2),
    tariff: text("TCOD"),
    tariffText: text("TCOD", 1),
    modifier: text("TMOD"),
    serial: text("MTNR"),
    location: text("MLOC").replace(/\s/g, ""),
    hasReads: text("PRRD") !== "",
    readTypes: [text("PRRD", 1), text("PRRD", 3)].filter(type => type !== ""),
    quantities: {
      CONS: measured("CONS"),
      CONB: measured("CONB"),
      CONA: measured("CONA"),
      NUCT: measured("NUCT")
    },
    factor: text("ADJF") === "CF" ? field.digits("ADJF", at.ADJF, 1, 5) : null,
    prices: (["CPPU", "BPRI"] as const).flatMap(place => field.digits(place, at[place], 0, 0) ?? []),
    charge: field.pounds("CTOT", at.CTOT),
    from: date("CSDT"),
    to: date("CEDT"),
    readFrom: date("PVDT"),
    readTo: date("PRDT")
  };
  return {...line, problem: field.problems[0] ?? null};
}

/** Amounts in pounds of a segment of totals, by the place of their element, null where they are not there; or why one cannot be read. */
export function amountsOf<Name extends string>(
  segment: Segment,
  places: Readonly<Record<Name, number>>
): Record<Name, Decimal | null> | RejectedRecord {
  const field = fieldsOf(segment);
  const entries = Object.entries<number>(places).map(([name, place]) => [name, field.pounds(name, place)]);
  return field.problems[0] ?? (Object.fromEntries(entries) as Record<Name, Decimal | null>);
}
