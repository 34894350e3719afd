/** A half-hour as a file shows it: a number, or text such as nothing at all. */
export type Cell = number | string;

/** One day of the portal layout (`stark-portal`): 48 half-hours of the wall clock, labelled by their ends. */
export interface PortalDay {
  readonly mpan: string;
  /** ISO. */
  readonly date: string;
  readonly est?: string;
  readonly cells: readonly Cell[];
  readonly type?: string;
}

const clockLabels = Array.from({length: 48}, (_, index) => {
  const minutes = (30 * (index + 1)) % 1440;
  return `${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});

const dmy = (date: string, separator: string, century = "") =>
  `${date.slice(8)}${separator}${date.slice(5, 7)}${separator}${century}${date.slice(2, 4)}`;

/** A file of the portal: a preamble with its issue time (`dd/mm/yy HH:MM`), the header on row 9, a row per meter and day. */
export function portalFile(issued: string, days: readonly PortalDay[]): string {
  const preamble = [
    "Portal",
    "Report: Half hourly data",
    "Customer: Test Council",
    "From: 01/10/26",
    "To: 31/10/26",
    "Units: kWh",
    `Generated: ${issued}`
  ].map(line => `${line},,`);
  const header = ["Company Name,Site Name,Online Meter Name,MPAN,Meter ID,Type,Est,Date", ...clockLabels].join();
  const rows = days.map(({mpan, date, est = "A", cells, type = "kWh"}) =>
    ["Test Council", "Town Hall", "Main", mpan, "E1", type, est, dmy(date, "/"), ...cells].join()
  );
  return [...preamble, "", header, ...rows, ""].join("\n");
}

/** A file of the `day-gmt-48` layout, which has no meter column and no issue time. */
export function gmtFile(days: readonly {date: string; cells: readonly Cell[]}[]): string {
  const labels = clockLabels.map(
    (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`
  );
  return [["date", ...labels].join(), ...days.map(({date, cells}) => [date, ...cells].join()), ""].join("\n");
}

/** A file of the `opus-row-per-period` layout: a row per settlement period. */
export function periodFile(
  reads: readonly {mpan: string; date: string; period: number; kwh: Cell; type?: string}[]
): string {
  const rows = reads.map(({mpan, date, period, kwh, type = "AI"}) =>
    [mpan, dmy(date, "/", "20"), period, type, kwh].join()
  );
  return ["Half hourly data", "MPANCore,Sett Date,Sett Period,Type,Meter Read", ...rows, ""].join("\n");
}

/** A file of the `edf-portal-50` layout: 50 settlement periods and 50 flags. */
export function periodDayFile(
  days: readonly {mpan: string; date: string; cells: readonly Cell[]; flags?: readonly string[]; type?: string}[]
): string {
  const labels = Array.from(
    {length: 50},
    (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`
  );
  const pad = (cells: readonly Cell[]) => [...cells, ...Array.from({length: 50 - cells.length}, () => "-")];
  const header = [
    "Month",
    "MPAN",
    "Measurement Type",
    "Settlement Date",
    ...labels,
    ...labels.map(label => `${label}_Act_Est`)
  ];
  const rows = days.map(({mpan, date, cells, flags = cells.map(() => "Actual"), type = "AI"}) => [
    "Oct-26",
    mpan,
    type,
    dmy(date, "-", "20"),
    ...pad(cells),
    ...pad(flags)
  ]);
  return [header, ...rows].map(row => `${row.map(cell => `"${cell}"`).join()}\n`).join("");
}

/** A file of the `tgp-gas-brief` layout: gas by day with its unit and row total. */
export function gasFile(
  days: readonly {mprn: string; date: string; unit: string; total: Cell; cells: readonly Cell[]}[]
): string {
  const labels = clockLabels.map(label => `H${label === "00:00" ? "2400" : label.replace(":", "")}`);
  const rows = days.map(({mprn, date, unit, total, cells}) =>
    [mprn, "Town Hall", dmy(date, "/", "20"), unit, total, ...cells].join()
  );
  return [["MPR", "Site", "ReadDate", "ReportingUnit", "ProfileDateConsumption", ...labels].join(), ...rows, ""].join(
    "\n"
  );
}

/** The same number in every half-hour. */
export const flat = (kwh: Cell, count = 48): Cell[] => Array.from({length: count}, () => kwh);
