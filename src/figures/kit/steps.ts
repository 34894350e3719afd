/** What a step may be, times a power of ten. */
const tidy = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The least tidy step that covers 0 to `top` in at most `most` steps. A top of nothing takes steps of 1. */
export function tidyStep(top: number, most: number): number {
  if (!(top > Number.EPSILON)) return 1;
  const rough = top / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return (tidy.find(step => step * power >= rough * (1 - 1e-9)) ?? 10) * power;
}

/** 0 and tidy steps from it: down as far as `low` reaches, up to the first at or above `high`, about `most` of them. */
export function ticksBetween(low: number, high: number, most: number): number[] {
  const up = tidyTicks(high, most);
  const step = up[1] ?? 1;
  const down = Math.floor(-low / step + 1e-9);
  return [...Array.from({length: down}, (_, i) => (i - down) * step), ...up];
}

/** 0, one step, two steps… to the first at or above `top`; at least one step. */
export function tidyTicks(top: number, most: number): number[] {
  const step = tidyStep(top, most);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({length: count + 1}, (_, i) => i * step);
}
