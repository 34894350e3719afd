import {foldRegistration} from "../../domain/pseudonym.ts";
import type {ChargingSession} from "../kinds.ts";
import type {RejectedRecord} from "../record-format.ts";
import {utcInstant} from "../text/dates.ts";
import {exactDecimal, isNegative, negative, sum} from "../text/decimal.ts";
import {isObject, textOf} from "../text/json.ts";
import type {Versioned} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

/**
 * Reads one charge detail record. A credit takes back what it repeats: its energy, which is sent above nought, and its cost are below nought here.
 * A session is no record of a charge that has ended, and is rejected.
 */
export function chargingSession(cdr: unknown, line: number): Versioned<ChargingSession> | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(cdr)) return broken("a charge detail record is a JSON object", null);
  if (cdr.total_energy === undefined && cdr.kwh !== undefined)
    return broken("a session or a change of one is not final: a charge detail record is", textOf(cdr.status));
  const id = textOf(cdr.id);
  if (id === null) return broken("a charge detail record has an id", null);

  const said = textOf(cdr.total_energy);
  const energy = exactDecimal(said ?? "");
  if (energy === null) return broken("the energy is a number of kWh", said);
  const started = textOf(cdr.start_date_time);
  const started_at = utcInstant(started ?? "");
  if (started_at === null) return broken("the start is an instant", started);
  const ended = textOf(cdr.end_date_time ?? cdr.stop_date_time);
  const ended_at = utcInstant(ended ?? "");
  if (ended !== null && ended_at === null) return broken("the end is an instant", ended);

  const isCredit = cdr.credit === true;
  if (!isCredit && isNegative(energy)) return broken("only a credit has energy below nought", energy);
  const isHome = cdr.home_charging_compensation === true;
  const session_id = [textOf(cdr.country_code), textOf(cdr.party_id), id].filter(part => part !== null).join("*");
  const cost = costOf(cdr);
  const row: ChargingSession = {
    line,
    session_id,
    started_at,
    ended_at,
    energy_kwh: isCredit ? negative(energy) : energy,
    location: isHome ? null : locationOf(cdr),
    place: isHome ? "home" : "unknown",
    registration: tokenOf(cdr),
    is_credit: isCredit,
    cost_gbp: cost !== null && isCredit ? negative(cost) : cost
  };
  return {row, key: session_id, version: utcInstant(textOf(cdr.last_updated) ?? "")?.replace(/Z$/, "") ?? null};
}

/** Pounds with VAT; null in another currency, and where the VAT is not said. */
function costOf(cdr: Readonly<Record<string, unknown>>): string | null {
  const cost = cdr.total_cost;
  if (textOf(cdr.currency) !== "GBP" || !isObject(cost)) return null;
  const withVat = exactDecimal(textOf(cost.incl_vat) ?? "", 2);
  if (withVat !== null || !Array.isArray(cost.taxes)) return withVat;
  const taxes: unknown[] = cost.taxes;
  const parts = [cost.before_taxes, ...taxes.map(tax => (isObject(tax) ? tax.amount : null))];
  const amounts = parts.map(part => exactDecimal(textOf(part) ?? "")).filter(amount => amount !== null);
  return amounts.length === parts.length ? sum(amounts, 2) : null;
}

function locationOf(cdr: Readonly<Record<string, unknown>>): string | null {
  const location = cdr.cdr_location ?? cdr.location;
  return isObject(location) ? textOf(location.id) : null;
}

/** The token that began the charge, which stands for a vehicle or a person. */
function tokenOf(cdr: Readonly<Record<string, unknown>>): string | null {
  const token = isObject(cdr.cdr_token) ? textOf(cdr.cdr_token.uid) : textOf(cdr.auth_id);
  return token === null ? null : foldRegistration(token);
}
