import type {Quantity} from "../../domain/energy.ts";
import {dateText} from "../../wording/dates.ts";
import {amount, plain, rounded} from "../../wording/numbers.ts";
import {doesQuantity} from "../../wording/quantities.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {headline, printable, sentenceCase, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** A building among those of its kind. */
export interface Placed {
  readonly site_id: string;
  readonly site_name: string;
  readonly site_kind: string;
  readonly heated_by: string;
  readonly energy: string;
  readonly quantity: Quantity | null;
  /** Whether it is the one that the picture is of. */
  readonly is_chosen: boolean;
  readonly held_share: number;
  /** Null where too little of the year is held. */
  readonly kwh_per_m2: number | null;
  readonly kwh_per_m2_before: number | null;
  readonly peers_kwh_per_m2: number | null;
  readonly peers: number;
  readonly tm46_band: string | null;
  readonly typical_kwh_per_m2: number | null;
  /** Avoidable £ a year of what it takes above what is typical. */
  readonly gbp_above_typical: number | null;
  readonly as_of: Date;
}

/** At least one building. */
export type League = readonly [Placed, ...Placed[]];

const kindText = ({site_kind, heated_by}: Placed) =>
  `${site_kind.replaceAll("-", " ")}, ${heated_by.replaceAll("-", " ")}`;

/** `177 kWh/m²`, or how little of the year is held. */
export const valueText = ({kwh_per_m2, held_share}: Placed): string =>
  kwh_per_m2 === null ? `not compared: ${percent(held_share, 1)} of the year held` : `${amount(kwh_per_m2)} kWh/m²`;

/** `D, £8,300 above typical`: what stands beside the value. */
export function besideText({tm46_band, gbp_above_typical, kwh_per_m2, typical_kwh_per_m2}: Placed): string {
  const money =
    gbp_above_typical === null
      ? kwh_per_m2 !== null && typical_kwh_per_m2 !== null && kwh_per_m2 <= typical_kwh_per_m2
        ? "not above typical"
        : null
      : `£${rounded(gbp_above_typical)} above typical`;
  return [tm46_band, money].filter(part => part !== null).join(", ");
}

/** The words of a league: where one building stands against the middle of its kind. */
export function leagueWords(rows: League): FigureWords {
  const chosen = rows.find(({is_chosen}) => is_chosen) ?? rows[0];
  const name = printable(chosen.site_name);
  const as_of = dateText(chosen.as_of);
  return {
    id: ["league", chosen.site_id, chosen.energy],
    title: headline(name, wordingsOf(chosen)),
    measure: `${sentenceCase(chosen.energy)} in kWh/m² of ${plain(rows.length)} of our buildings (${kindText(chosen)}); letters are TM46-based estimates, not certificates, at carbon factors of 2008`,
    period: `the year to ${as_of}`,
    alt: `Dot chart of ${chosen.energy} by floor area of our own buildings of one kind (${kindText(chosen)}), the year to ${as_of} and the year before. ${middleText(chosen)} ${rows.map(sentenceOf).join(" ")}`,
    source: `readings to ${as_of}; what is typical: CIBSE TM46:2008`
  };
}

function wordingsOf({energy, quantity, kwh_per_m2, peers_kwh_per_m2}: Placed): [Wording, ...Wording[]] {
  if (kwh_per_m2 === null || quantity === null)
    return [name => `${name} ${energy}: too little is read to compare`, name => `${name}: too little is read`];
  const does = doesQuantity[quantity];
  const value = `${amount(kwh_per_m2)} kWh/m²`;
  if (peers_kwh_per_m2 === null)
    return [
      name => `${name} ${does} ${value} of ${energy}`,
      name => `${name}: ${value} of ${energy}`,
      name => `${name}: ${value}`
    ];
  const change =
    Math.abs(kwh_per_m2 - peers_kwh_per_m2) < peers_kwh_per_m2 / 100
      ? undefined
      : lessOrMore(peers_kwh_per_m2, kwh_per_m2);
  const than = change === undefined ? `as much ${energy} as` : `${change} ${energy} than`;
  return [
    name => `${name} ${does} ${than} its kind`,
    name => `${name}: ${than} its kind`,
    name => `${name}: ${change === undefined ? "as" : `${change} than`} its kind`
  ];
}

const middleText = ({peers, peers_kwh_per_m2}: Placed) =>
  peers_kwh_per_m2 === null
    ? "There are too few to compare."
    : `The middle of ${plain(peers)} is ${amount(peers_kwh_per_m2)} kWh/m².`;

function sentenceOf(row: Placed): string {
  const before = row.kwh_per_m2_before === null ? "" : `, ${amount(row.kwh_per_m2_before)} the year before`;
  const beside = besideText(row);
  return `${printable(row.site_name)}: ${valueText(row)}${row.kwh_per_m2 === null ? "" : before}${beside === "" ? "" : `; ${beside}`}.`;
}
