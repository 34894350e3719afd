import {clockText} from "../../wording/dates.ts";

const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Values as bars from zero, or from the least where some are below it, to the greatest; a dot where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const held = values.filter(value => value !== null);
  const [least, greatest] = [Math.min(0, ...held), Math.max(...held)];
  const span = greatest - least;
  return values
    .map(value => {
      if (value === null) return "·";
      return bars[span <= 0 ? 0 : Math.min(bars.length - 1, Math.floor(((value - least) / span) * bars.length))];
    })
    .join("");
}

/** The hours under a day of 48 bars. */
export const axis = [0, 3, 6, 9, 12, 15, 18, 21]
  .map(hour => clockText(hour * 2).padEnd(6))
  .join("")
  .trimEnd();
