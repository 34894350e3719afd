/**
 * What should be held after files have come, worked out in plain TypeScript from the rulings and from nothing of canopy's own: no SQL, no masks,
 * and the clock of each day from the platform's calendar.
 */
export type Status = "actual" | "estimated";

/** How the cells of a row run: the wall clock (48), the settlement periods of the day (46, 48 or 50), or half-hours of the UTC day (48). */
export type CellClock = "wall" | "periods" | "utc";

/** One meter and day of a file. Rows of one file do not contradict each other. */
export interface DeliveredRow {
  readonly mpan: string;
  /** ISO. */
  readonly date: string;
  readonly clock: CellClock;
  /** Of the whole row, or of each cell. */
  readonly status: Status | readonly Status[];
  /** kWh; null where the file holds nothing. */
  readonly cells: readonly (number | null)[];
}

export interface DeliveredFile {
  readonly sha256: string;
  /** What the file says of its own time, as it is printed, without a zone: `2026-10-20T07:00`. Null where it says nothing. */
  readonly issuedAt: string | null;
  /** An instant, ISO. */
  readonly receivedAt: string;
  readonly rows: readonly DeliveredRow[];
}

/** One half-hour as it is held. */
export interface HeldRead {
  readonly kwh: number;
  readonly status: Status;
}

/** By `mpan date period`, periods from 1. */
export type Held = ReadonlyMap<string, HeldRead>;

/** What is held of each half-hour: actual before estimated, then the later issued, then the later received, then the higher hash. */
export function heldOf(files: readonly DeliveredFile[]): Held {
  const best = new Map<string, HeldRead & {readonly file: DeliveredFile}>();
  for (const file of distinct(files)) {
    for (const {key, ...read} of file.rows.flatMap(readsOf)) {
      const held = best.get(key);
      if (held === undefined || beats({...read, file}, held)) best.set(key, {...read, file});
    }
  }
  return new Map([...best].map(([key, {kwh, status}]) => [key, {kwh, status}]));
}

/** The same bytes are one file, received when they first came. */
function distinct(files: readonly DeliveredFile[]): DeliveredFile[] {
  const first = new Map<string, DeliveredFile>();
  for (const file of files) {
    const known = first.get(file.sha256);
    if (known === undefined || instant(file.receivedAt) < instant(known.receivedAt)) first.set(file.sha256, file);
  }
  return [...first.values()];
}

type Candidate = HeldRead & {readonly file: DeliveredFile};

function beats(one: Candidate, other: Candidate): boolean {
  if (one.status !== other.status) return one.status === "actual";
  const [issued, otherIssued] = [issuedOf(one.file), issuedOf(other.file)];
  if (issued !== otherIssued) return issued > otherIssued;
  const [received, otherReceived] = [instant(one.file.receivedAt), instant(other.file.receivedAt)];
  if (received !== otherReceived) return received > otherReceived;
  return one.file.sha256 > other.file.sha256;
}

const instant = (iso: string) => Date.parse(iso);

/** A file that does not say when it was issued counts as issued when it came. */
const issuedOf = ({issuedAt, receivedAt}: DeliveredFile) => instant(issuedAt === null ? receivedAt : `${issuedAt}Z`);

/** The half-hours of one row that hold a reading, each with the settlement day and period it falls in. */
function readsOf({mpan, date, clock, status, cells}: DeliveredRow): (HeldRead & {key: string})[] {
  return cells.flatMap((kwh, index) => {
    const place = placers[clock](date, index);
    if (kwh === null || place === null) return [];
    const read = {kwh, status: typeof status === "string" ? status : (status[index] ?? "actual")};
    return [{key: `${mpan} ${place.date} ${place.period}`, ...read}];
  });
}

type Placer = (date: string, index: number) => {date: string; period: number} | null;

const placers: Record<CellClock, Placer> = {
  periods: (date, index) => (index < halfHoursOf(date).length ? {date, period: index + 1} : null),
  /** The first half-hour of the day that begins at the cell's time of day: in autumn the second pass of an hour has no cell. */
  wall: (date, index) => {
    const time = `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`;
    const found = halfHoursOf(date).findIndex(({clock}) => clock === time);
    return found === -1 ? null : {date, period: found + 1};
  },
  utc: (date, index) => {
    const start = Date.parse(`${date}T00:00:00Z`) + index * halfHour;
    const local = londonTime(start).date;
    return {date: local, period: halfHoursOf(local).findIndex(({at}) => at === start) + 1};
  }
};

const halfHour = 30 * 60 * 1000;
const london = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23"
});

function londonTime(at: number): {date: string; clock: string} {
  const parts = Object.fromEntries(london.formatToParts(at).map(({type, value}) => [type, value]));
  return {date: `${parts.year}-${parts.month}-${parts.day}`, clock: `${parts.hour}:${parts.minute}`};
}

const days = new Map<string, readonly {readonly at: number; readonly clock: string}[]>();

/** The half-hours of a local day, in order: the instant each begins at, and what the wall clock shows then. 46, 48 or 50 of them. */
export function halfHoursOf(date: string): readonly {readonly at: number; readonly clock: string}[] {
  const known = days.get(date);
  if (known !== undefined) return known;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const found = Array.from({length: 54}, (_, index) => midnight + (index - 4) * halfHour)
    .map(at => ({at, ...londonTime(at)}))
    .filter(each => each.date === date)
    .map(({at, clock}) => ({at, clock}));
  days.set(date, found);
  return found;
}
