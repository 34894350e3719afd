import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import {bodyOf, fileOf} from "../sources/d0036-file.ts";
import {later, minuteText, withLondonOffset} from "../sources/local-day.ts";
import {layoutNamed} from "../support/landed-lines.ts";
import {fileIn, meterTexts, type Reading} from "../support/layout-files.ts";

/** An invented MPAN with its check digit. */
export function meterOf(number: number): string {
  const core = `16000017${String(number).padStart(4, "0")}`;
  return Array.from({length: 10}, (_, digit) => `${core}${digit}`).find(hasMpanCheckDigit) ?? "";
}

/** How the readings of a meter are written in each form that is no table of the library. */
type Writer = (mpan: string, readings: readonly Reading[]) => string;

const instant = ({at}: Reading) => new Date(at);

const octopus: Writer = (_mpan, readings) =>
  JSON.stringify({
    count: readings.length,
    next: null,
    previous: null,
    results: readings.map(reading => ({
      consumption: reading.quantity,
      interval_start: withLondonOffset(instant(reading)),
      interval_end: withLondonOffset(later(instant(reading), 30))
    }))
  });

const n3rgy: Writer = (mpan, readings) =>
  JSON.stringify({
    resource: `/mpxn/${mpan}/utility/electricity/readingtype/consumption?granularity=halfhour`,
    responseTimestamp: "2026-11-01T09:00:00.000Z",
    granularity: "halfhour",
    unit: "kWh",
    devices: [
      {
        deviceId: "0A",
        values: readings.map(reading => ({
          primaryValue: reading.quantity,
          timestamp: minuteText(later(instant(reading), 30))
        }))
      }
    ]
  });

/** Always GMT: 00:30 to 00:00 of the day after. */
const df2: Writer = (mpan, readings) =>
  [
    "#F2",
    `#O ${mpan}-main`,
    "#S 1",
    ...readings.map(reading => {
      const [date = "", time] = minuteText(later(instant(reading), 30)).split(" ");
      return [date.split("-").reverse().join("/"), time, reading.quantity, "A"].join();
    }),
    ""
  ].join("\n");

function groupedBy(readings: readonly Reading[], dateOf: (reading: Reading) => string): Map<string, Reading[]> {
  const days = new Map<string, Reading[]>();
  for (const reading of readings) days.set(dateOf(reading), [...(days.get(dateOf(reading)) ?? []), reading]);
  return days;
}

const d0036: Writer = (mpan, readings) => {
  const days = [...groupedBy(readings, ({date}) => date)].map(([date, held]) => ({
    date: date.replaceAll("-", ""),
    readings: held.map(({quantity}) => ["A", quantity.toFixed(1)] as const)
  }));
  return fileOf(bodyOf([{mpan, quantity: "AI", days}]));
};

const mhhs: Writer = (mpan, readings) => {
  const days = groupedBy(readings, reading => instant(reading).toISOString().slice(0, 10));
  const B021 = [...days].map(([UTCSettlementDate, held]) => ({
    UTCSettlementDate,
    measurementQuantityID: "AI",
    periods: held.map(reading => ({
      settlementPeriod: 1 + (reading.at % 86_400_000) / 1_800_000,
      UTCPeriodConsumptionValue: String(reading.quantity),
      settlementPeriodQualityIndicator: "A"
    }))
  }));
  const CommonBlock = {
    S0: {interfaceID: "IF-021"},
    S1: {senderTimestamp: "2026-11-01T03:15:00.000Z"},
    M0: {MPANCore: mpan}
  };
  return JSON.stringify({payload: {CommonBlock, CustomBlock: {B021}}});
};

/** Of a layout that a council made: the clock's 48 columns, of which those of 01:00 to 02:00 hold both passes added up in autumn. */
export const sumLayout = {
  name: "both-passes-added-up",
  description: "an invented portal that adds up the hour that the clock shows twice",
  evidence: "a meter known to run evenly: the hour is twice as high on the day the clocks go back",
  feed: "estate-energy",
  columns: ["Supply point", "Day", {half_hours: [{name: "to {HH:mm}", holds: "quantity"}], from: "00:30", count: 48}],
  meter: {column: "Supply point", kind: "mpan"},
  date: {column: "Day", formats: ["%d/%m/%Y"]},
  shape: {rows: "day"},
  clock: "local-clock-sum",
  unit: {is: "kWh"}
};

const addedUp: Writer = (mpan, readings) => {
  const labels = Array.from({length: 48}, (_, index) => 30 * (index + 1)).map(
    minutes => `to ${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${minutes % 60 === 0 ? "00" : "30"}`
  );
  const rows = [...groupedBy(readings, ({date}) => date)].map(([date, held]) => {
    const cells = Array.from({length: 48}, () => "");
    for (const {clock, quantity} of held) {
      const at = 2 * Number(clock.slice(0, 2)) + Number(clock.slice(3)) / 30;
      cells[at] = String(Number(cells[at]) + quantity);
    }
    return [mpan, date.split("-").reverse().join("/"), ...cells].join();
  });
  return `${[["Supply point", "Day", ...labels].join(), ...rows].join("\n")}\n`;
};

const writers: Readonly<Record<string, Writer>> = {
  "octopus-consumption": octopus,
  "n3rgy-consumption": n3rgy,
  "stark-df2": df2,
  d0036,
  "mhhs-if021": mhhs,
  [sumLayout.name]: addedUp
};

/** A file of these readings of a meter, as this layout writes them. */
export function written(layout: string, mpan: string, readings: readonly Reading[]): string {
  const writer = writers[layout];
  if (writer !== undefined) return writer(mpan, readings);
  return fileIn(layoutNamed(layout), readings)
    .text.replaceAll(meterTexts.mpan, mpan)
    .replaceAll(/^GAS,/gm, "ELECTRICITY,");
}

/** The name of a file of this layout, which of some says what they hold. */
export const fileNameOf = (layout: string, mpan: string): string =>
  layout === "octopus-consumption" ? `octopus-${mpan}-E1-kwh-20260328-20261026-p1.json` : `${layout}.csv`;
