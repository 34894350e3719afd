import {clockChangeOn} from "../../domain/british-clock.ts";
import {daysAfter} from "../../domain/dates.ts";
import type {Clock} from "../../domain/settlement.ts";
import type {Guess} from "./guess.ts";
import {type NumberForm, numberIn} from "./numbers.ts";
import type {Labelled} from "./reading-rows.ts";
import type {TableColumn} from "./table.ts";

/** What each clock means to a person who looks at a file. */
export const clockWords: Readonly<Record<Clock, string>> = {
  "local-clock": "the clock on the wall, GMT in winter and British Summer Time in summer",
  "local-clock-sum":
    "the clock on the wall; when the clocks go back, 01:00 to 02:00 holds the sum of both hours, and each gets half, as an estimate",
  "settlement-period": "half-hours counted since midnight: 46 when the clocks go forward, 50 when they go back",
  utc: "GMT all year, also in summer"
};

const unsure = (clock: Clock, why: string): Guess<Clock> => ({
  part: clock,
  found: `${clockWords[clock]} (${why})`,
  undecided: [
    `The clock. ${capital(why)}, so the draft takes ${clockWords[clock]}. ${others(clock)} Ask the sender. Or run canopy layouts test and look at a summer and a winter morning of a building whose opening hours you know.`
  ]
});

const others = (clock: Clock) =>
  (["local-clock", "utc", "settlement-period"] as const)
    .filter(each => each !== clock)
    .map(each => `Put "${each}" for "clock" if it is ${clockWords[each]}.`)
    .join(" ");

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const known = (clock: Clock, why: string): Guess<Clock> => ({
  part: clock,
  found: `${clockWords[clock]} (${why})`,
  undecided: []
});

/** The clock of a file with a row for each day: by a day the clocks change, by what its header says, else the likeliest. */
export function clockOfDays(
  dates: readonly (string | null)[],
  quantities: readonly TableColumn[],
  {isTimes, hasRepeatedHour, words, form}: {isTimes: boolean; hasRepeatedHour: boolean; words: string; form: NumberForm}
): Guess<Clock> {
  const seen = springDay(dates, quantities, form);
  if (seen !== null) return known(...seen);
  if (hasRepeatedHour) return known("local-clock", "it has two columns for the hour that comes twice in October");
  if (!isTimes && quantities.length !== 48)
    return known("settlement-period", `its ${quantities.length} columns are numbered`);
  if (isTimes && quantities.length > 48)
    return unsure("settlement-period", `its ${quantities.length} columns run on past midnight`);
  if (saysUtc(words) && quantities.length === 48) return unsure("utc", "the file says GMT or UTC");
  return isTimes
    ? unsure("local-clock", "its columns are times of day, and it has no day on which the clocks go forward")
    : unsure("settlement-period", "its 48 columns are numbered, and it has no day on which the clocks go forward");
}

const saysUtc = (words: string) => /(?<![a-z])(gmt|utc)(?![a-z])/i.test(words);

/** On the day the clocks go forward, a wall clock has no 01:00 to 02:00, and a count of half-hours ends after the 46th. */
function springDay(
  dates: readonly (string | null)[],
  quantities: readonly TableColumn[],
  form: NumberForm
): [Clock, string] | null {
  const row = dates.findIndex(date => date !== null && clockChangeOn(date) === "spring");
  if (row === -1) return null;
  const isHeld = (column: number) => (numberIn(quantities[column]?.cells[row] ?? "", form) ?? 0) !== 0;
  const [hour, end, rest] = [isHeld(2) || isHeld(3), isHeld(46) || isHeld(47), isHeld(1) && isHeld(4) && isHeld(45)];
  if (!rest) return null;
  const goesOn = dates.includes(daysAfter(dates[row] ?? "", 1));
  if (!hour && end) return ["local-clock", `on ${dates[row]}, when the clocks went forward, 01:00 to 02:00 is empty`];
  if (hour && !end && goesOn)
    return ["settlement-period", `on ${dates[row]}, when the clocks went forward, the day ends after 46 half-hours`];
  return hour && end && quantities.length === 48
    ? ["utc", `on ${dates[row]}, when the clocks went forward, all 48 half-hours are there`]
    : null;
}

/** The clock of a file with a row for each reading. */
export function clockOfReadings(
  labels: readonly Labelled[],
  {isPeriods, hasZone, isEnd, words}: {isPeriods: boolean; hasZone: boolean; isEnd: boolean; words: string}
): Guess<Clock> {
  if (isPeriods) return known("settlement-period", "its half-hours are numbered");
  if (hasZone) return known("utc", "each time says how far it is from UTC");
  const spring = labels.filter(({date}) => clockChangeOn(date) === "spring");
  const at = (minutes: number) => spring.some(label => label.minutes === minutes + (isEnd ? 30 : 0));
  if (at(30) && at(180)) {
    const day = spring[0]?.date;
    return at(60) || at(90)
      ? known("utc", `on ${day}, when the clocks went forward, 01:00 to 02:00 is there`)
      : known("local-clock", `on ${day}, when the clocks went forward, 01:00 to 02:00 is not there`);
  }
  if (saysUtc(words)) return unsure("utc", "the file says GMT or UTC");
  return unsure("local-clock", "the file has no day on which the clocks go forward");
}

/** Days and longer are British days. */
export const clockOfLong: Guess<Clock> = {part: "local-clock", found: "British days", undecided: []};
