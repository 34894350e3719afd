const HALF_HOUR_MS = 1_800_000;
const CLOCK = new Intl.DateTimeFormat("en-GB", {timeZone: "Europe/London", dateStyle: "short", timeStyle: "short"});
const clockDays = new Map<string, string[]>();

/** The wall clock at the start of each half-hour of a London day, as the platform's own time zones have it. */
export function clockDay(date: string): string[] {
  const known = clockDays.get(date);
  if (known) return known;
  const [year, month, day] = date.split("-");
  const about = Array.from({length: 60}, (_, index) => Date.parse(`${date}T00:00:00Z`) + (index - 4) * HALF_HOUR_MS);
  const clocks = about.map(instant => CLOCK.format(instant).split(", "));
  const times = clocks.filter(([local]) => local === `${day}/${month}/${year}`).map(([, time = ""]) => time);
  clockDays.set(date, times);
  return times;
}
