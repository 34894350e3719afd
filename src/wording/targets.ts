/** Said wherever a national statistic stands in for what a target measures. */
export const notTheMeasure = "close to, but not the same as, what our target measures";

/** The same under a figure or a number, as a line of its own. */
export const officialFigures = `Official figures: ${notTheMeasure}`;

/** Said of a path that the council has not adopted. */
export const pathToConfirm = "Pathway still to be confirmed by the council";

/** What the area under a path that nobody adopted is called: never a carbon budget. */
export const allowanceName = "the allowance under the straight path";

/** What of a target nobody has confirmed, and who is to: its row ends with `(to be confirmed by: climate team)` where it says who. */
export function unconfirmedText(unconfirmed: string): string {
  const [, what = unconfirmed, who] = /^(.*) \(to be confirmed by: (.*)\)$/.exec(unconfirmed) ?? [];
  return `still to be confirmed${who === undefined ? "" : ` by the ${who}`}: ${what}`;
}
