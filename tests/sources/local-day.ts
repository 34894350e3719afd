/** The starts of the half-hours of a British day, 46, 48 or 50 of them, as instants; found by asking the clock of London, not by rule. */
export function halfHoursOn(date: string): Date[] {
  const noon = Date.parse(`${date}T12:00:00Z`);
  return Array.from({length: 120}, (_, index) => new Date(noon + (index - 60) * 1_800_000)).filter(
    at => londonDate(at) === date
  );
}

/** An instant with the offset that London's clock has then, as Octopus writes it: "2026-03-29T02:00:00+01:00", "2026-03-29T00:30:00Z". */
export function withLondonOffset(at: Date): string {
  const shifted = (hours: number) => new Date(at.getTime() + hours * 3_600_000).toISOString().slice(0, 19);
  const isSummer = londonHour(at) !== at.getUTCHours();
  return isSummer ? `${shifted(1)}+01:00` : `${shifted(0)}Z`;
}

const dates = new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/London", dateStyle: "short"});
const hours = new Intl.DateTimeFormat("en-GB", {timeZone: "Europe/London", hour: "2-digit", hourCycle: "h23"});
const londonDate = (at: Date) => dates.format(at);
const londonHour = (at: Date) => Number(hours.format(at));

/** "2026-03-29 00:30:00" */
export const utcText = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");
/** "2026-03-29 00:30" */
export const minuteText = (at: Date) => utcText(at).slice(0, 16);
export const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
