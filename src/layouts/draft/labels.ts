/** What a column's name says of its half-hour: the text that says it, which half-hour (from 0) or number it is, and the name without it. */
export interface Label {
  readonly kind: string;
  readonly text: string;
  /** Half-hours since midnight, or a number. */
  readonly value: number;
  readonly skeleton: string;
}

const mark = "\u0000";

/** Every way in which a column's name may be that of a half-hour. */
export function labelsIn(name: string): Label[] {
  return [...clockLabels(name), ...digitLabels(name)];
}

const clocks: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["twelve hours", /(?<!\d)(\d{1,2}):(\d{2})(?::00)?\s*([AaPp][Mm])/g],
  ["clock", /(?<!\d)(\d{1,2}):(\d{2})(?::00)?(?!\d)/g],
  ["clock", /(?<!\d)(\d{2})[.h_](\d{2})(?!\d)/g]
];

/** Names with a time in them; of two, such as 00:00-00:30, the first is its label. */
function clockLabels(name: string): Label[] {
  const found = clocks.flatMap(([kind, pattern]) => {
    const [first] = name.matchAll(pattern);
    if (first === undefined) return [];
    const [text, hours = "", minutes = "", half] = first;
    const minute = 60 * hourOf(Number(hours), half) + Number(minutes);
    return minute % 30 === 0 && minute <= 25 * 60
      ? [{kind, text, value: minute / 30, skeleton: name.replace(pattern, mark).replaceAll(/\s/g, "")}]
      : [];
  });
  return found.slice(0, 1);
}

function hourOf(hours: number, half: string | undefined): number {
  if (half === undefined) return hours;
  return (hours % 12) + (/p/i.test(half) ? 12 : 0);
}

/** Names with digits in them: a number of a half-hour, or a time without its colon. */
function digitLabels(name: string): Label[] {
  return [...name.matchAll(/\d+/g)].flatMap((found, place): Label[] => {
    const [text] = found;
    const skeleton = `${name.slice(0, found.index)}${mark}${name.slice(found.index + text.length)}`;
    const value = Number(text);
    const isTime = text.length <= 4 && (value % 100) % 30 === 0 && value % 100 < 60 && value <= 2500;
    return [
      ...(text.length <= 2 ? [{kind: `number ${place}`, text, value, skeleton}] : []),
      ...(isTime
        ? [{kind: `digits ${place}`, text, value: (60 * Math.trunc(value / 100) + (value % 100)) / 30, skeleton}]
        : [])
    ];
  });
}

/** Columns whose names go on from half-hour to half-hour, `stride` columns apart. */
export interface LabelRun {
  readonly start: number;
  readonly stride: number;
  readonly count: number;
  readonly labels: readonly Label[];
}

/** The longest run of labels that begins at a column. */
export function runFrom(labels: readonly (readonly Label[])[], start: number, stride: number): LabelRun {
  const runs = (labels[start] ?? []).map(first => {
    const taken = [first];
    for (let at = start + stride; at < labels.length && taken.length < 200; at += stride) {
      const next = labels[at]?.find(label => goesOn(first, label, taken.length));
      if (next === undefined) break;
      taken.push(next);
    }
    return {start, stride, count: taken.length, labels: taken};
  });
  const [longest] = runs.sort((a, b) => b.count - a.count);
  return longest ?? {start, stride, count: 0, labels: []};
}

/** Whether a label is the `steps`-th after a first: times go round at midnight, numbers go up. */
function goesOn(first: Label, label: Label, steps: number): boolean {
  if (label.kind !== first.kind || label.skeleton !== first.skeleton) return false;
  if (first.kind.startsWith("number")) return label.value === first.value + steps;
  return label.value % 48 === (first.value + steps) % 48;
}

/** Whether the labels of a run are times of day rather than numbers. */
export const areTimes = ({labels}: LabelRun) => !labels[0]?.kind.startsWith("number");
