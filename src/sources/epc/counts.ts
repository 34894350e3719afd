import type {Observation} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {shown} from "../text/shown.ts";

/** The registers of energy certificates: homes, other buildings, and the display certificates of public buildings. */
export type Register = "domestic" | "non-domestic" | "display";

/** All that is taken from a certificate. Neither its address nor its number is among it. */
export interface Certificate {
  readonly line: number;
  readonly register: Register;
  readonly band: string;
  /** The day it was lodged: YYYY-MM-DD, or DD/MM/YYYY as exports of homes have it; a time after it is passed over. */
  readonly lodged: string;
  readonly area: string;
}

const series = "energy_certificates_lodged";

/** The bands of a register: only buildings that are no homes can be better than A. */
export const bandsOf = (register: Register) =>
  register === "domestic" ? ["A", "B", "C", "D", "E", "F", "G"] : ["A+", "A", "B", "C", "D", "E", "F", "G"];

/**
 * Certificates counted by area, register, band and the month they were lodged in. They count certificates and not buildings: one building may have
 * several. A certificate without a band or date is rejected, by its line alone. A count stands on the line of the first it counts.
 */
export function certificatesLodged(certificates: readonly Certificate[]): RecordFile<"observation"> {
  const counts = new Map<string, {row: Omit<Observation, "value">; count: number}>();
  const rejected: RejectedRecord[] = [];
  for (const {line, register, band, lodged, area} of certificates) {
    const month = monthOf(lodged);
    const letter = band.trim().toUpperCase();
    const isBand = bandsOf(register).includes(letter);
    if (!isBand) rejected.push({line, rule: "a certificate has a band", value: shown(band)});
    else if (month === null)
      rejected.push({line, rule: "a certificate has the day it was lodged", value: shown(lodged)});
    else {
      const row = lodgedRow(line, register, letter, area, month);
      const key = [row.item, area, month].join("|");
      counts.set(key, {row: counts.get(key)?.row ?? row, count: (counts.get(key)?.count ?? 0) + 1});
    }
  }
  const rows = [...counts.values()].map(({row, count}) => ({...row, value: String(count)}));
  return {rows, rejected, dropped: 0, records: rows.length + rejected.length, issued: null};
}

/** The observation of a band of a register in a month ("2026-05"), without its count. */
export function lodgedRow(line: number, register: Register, band: string, area: string, month: string) {
  return {
    line,
    series,
    item: `${register} ${band}`,
    area,
    starts_at: `${month}-01`,
    period: "month",
    unit: "certificates",
    status: "actual"
  } as const;
}

function monthOf(lodged: string): string | null {
  const day = lodged.trim().split(/[ T]/)[0] ?? "";
  const [, year, month] =
    /^(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(day.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1")) ?? [];
  return year === undefined ? null : `${year}-${month}`;
}
