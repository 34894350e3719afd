/** A bar of a picture in a line of text; null where nothing is held. */
export interface Bar {
  readonly value: number | null;
  /** Whether it is what the picture is about. */
  readonly isMarked: boolean;
}

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A bar for each value in a line of text, from zero to the largest; what is marked stands in brackets, what is missing is a blank. */
export function sparkline(bars: readonly Bar[]): string {
  const most = Math.max(0, ...bars.map(({value}) => value ?? 0));
  const drawn = bars.map(({value}) => {
    if (value === null) return " ";
    const share = most === 0 ? 0 : Math.max(0, value) / most;
    return blocks[Math.round(share * (blocks.length - 1))] ?? " ";
  });
  const isMarked = (index: number) => bars[index]?.isMarked ?? false;
  return drawn
    .map((bar, index) => {
      const opens = isMarked(index) && !isMarked(index - 1) ? "[" : "";
      const closes = isMarked(index) && !isMarked(index + 1) ? "]" : "";
      return `${opens}${bar}${closes}`;
    })
    .join("");
}
