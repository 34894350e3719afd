/** A source of numbers evenly spread over [0, 1). */
export type Random = () => number;

const MULBERRY_STEP = 0x6d2b79f5;
const UINT32_SPAN = 2 ** 32;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const DRAWS_PER_DEVIATE = 3;

/**
 * A stream of its own for `label`, the same for the same seed on every machine (mulberry32 started from FNV-1a).
 * Each meter draws from its own stream, so adding a site changes no other site's reads.
 */
export function randomFor(seed: number, label: string): Random {
  let state = hash(`${seed} ${label}`);
  return () => {
    state = (state + MULBERRY_STEP) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_SPAN;
  };
}

/** A bell-like deviate in [-1, 1] around nought; bounded, so no read is ever absurd. */
export function deviate(random: Random): number {
  const sum = random() + random() + random();
  return (2 * sum) / DRAWS_PER_DEVIATE - 1;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), FNV_PRIME), FNV_OFFSET);
}
