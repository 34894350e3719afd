/** `2018/19`, of the reporting year that begins in April 2018. */
export function reportingYearText(year: number): string {
  return `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
}

/** `31 Mar 2019`, the last day of the reporting year that begins in April 2018. */
export function reportingYearEnd(year: number): string {
  return `31 Mar ${year + 1}`;
}

/** `2018/19 to 2025/26`, or of one year its name once. */
export function reportingYears(first: number, last: number): string {
  return [...new Set([first, last])].map(reportingYearText).join(" to ");
}

/** The reporting years in which public buildings and journeys were far from ordinary. */
export const pandemicYears: readonly number[] = [2020, 2021];
