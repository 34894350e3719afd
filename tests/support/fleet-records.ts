/** A movement of a tank: `DD/MM/YYYY HH:mm:ss`, and litres or a dip. */
export interface Movement {
  readonly tank?: string;
  readonly at: string;
  readonly type: "DISPENSE" | "DELIVERY" | "DIP";
  readonly vehicle?: string;
  readonly product?: string;
  readonly litres?: number | string;
  readonly dip?: number | string;
}

/** A depot's log of its tanks, as CSV. */
export function tankLog(movements: readonly Movement[]): string {
  const lines = movements.map(
    ({tank = "NORTH YARD", at, type, vehicle = "", product = "DERV", litres = "", dip = ""}) =>
      [tank, ...at.split(" "), type, vehicle, product, litres, dip].join()
  );
  return ["Tank,Date,Time,Type,Vehicle,Product,Litres,Dip", ...lines, ""].join("\r\n");
}

/** A session of an operator's portal: `DD/MM/YYYY HH:mm`, British time. */
export interface Session {
  readonly id: string;
  readonly point: string;
  readonly token?: string;
  readonly start: string;
  readonly kwh: number | string;
}

/** A charge point operator's export, as CSV. */
export function sessionsFile(sessions: readonly Session[]): string {
  const lines = sessions.map(({id, point, token = "", start, kwh}) => [id, point, token, start, "", kwh, ""].join());
  return ["Session ID,Charge Point,RFID,Start Time,End Time,Energy (kWh),Cost", ...lines, ""].join("\r\n");
}

/** A charge detail record: the start in UTC; a credit repeats the energy of what it takes back. */
export interface Cdr {
  readonly id: string;
  readonly start: string;
  readonly kwh: number;
  readonly location?: string;
  readonly token?: string;
  readonly isCredit?: boolean;
  readonly isHome?: boolean;
}

/** An OCPI answer with these records. */
export function cdrsAnswer(cdrs: readonly Cdr[]): string {
  const data = cdrs.map(({id, start, kwh, location = "LOC-1", token = "TOK-1", isCredit, isHome}) => ({
    country_code: "GB",
    party_id: "QZX",
    id,
    start_date_time: start,
    end_date_time: start,
    cdr_token: {uid: token, type: "RFID"},
    cdr_location: {id: location},
    currency: "GBP",
    total_energy: kwh,
    total_cost: {excl_vat: isCredit === true ? -1 : 1},
    ...(isCredit === true ? {credit: true, credit_reference_id: `${id}-first`} : {}),
    ...(isHome === true ? {home_charging_compensation: true} : {}),
    last_updated: start
  }));
  return JSON.stringify({data, status_code: 1000, timestamp: "2026-10-01T00:00:00Z"});
}

/** Geotab's answer with these trips and what they used. */
export function geotabAnswer(records: readonly object[], toVersion = "00000000000000ff"): string {
  return JSON.stringify({result: {data: records, toVersion}, jsonrpc: "2.0"});
}

/** A trip of a device. */
export const trip = (id: string, device: string, start: string, km: number, version = "1") => ({
  id,
  device: {id: device},
  start,
  stop: start,
  distance: km,
  version
});

/** An employee's claim for a journey, `DD/MM/YYYY`. */
export interface Claim {
  readonly employee?: string;
  readonly date: string;
  readonly miles: number | string;
  readonly to?: string;
  readonly vehicle?: string;
  readonly cc?: string;
  readonly fuel?: string;
  readonly paid?: string;
}

/** Payroll's extract of mileage claims, as CSV. */
export function claimsFile(claims: readonly Claim[]): string {
  const lines = claims.map(
    ({employee = "900017", date, miles, to = "ZZ8", vehicle = "Car", cc = "", fuel = "", paid = "2025-07"}, index) =>
      [800 + index, employee, date, "ZZ1", to, miles, vehicle, cc, fuel, paid].join()
  );
  return ["Claim No,Employee No,Journey Date,From,To,Miles,Vehicle Type,Engine CC,Fuel,Paid Period", ...lines, ""].join(
    "\r\n"
  );
}
