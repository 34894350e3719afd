/** Whether a picture is drawn on a light page or a dark one, each a file that stands alone, or into a page whose style sheet says which. */
export type Theme = LiteralTheme | "page";

/** A theme whose colours are all told in the picture itself. */
export type LiteralTheme = "light" | "dark";

/**
 * The colours of one theme: of a file each a literal `#rrggbb`, so that it needs no style sheet; of a page the name of one. Text colours have at least 4.5:1 against
 * `paper`. Marks that sit side by side differ in lightness as well as hue, and no colour carries a meaning that a letter, a position
 * or a dash does not carry too.
 */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** What was measured. */
  readonly actual: string;
  /** The spread about what was measured. */
  readonly spread: string;
  /** A level to be looked at, and the warning that an estate is illustrative. */
  readonly accent: string;
  /** From the least to the most; seven steps. */
  readonly ramp: readonly string[];
  /** The same seven steps for reads that are estimated. */
  readonly estimatedRamp: readonly string[];
  /** The two greys of the hatch that stands for no read. */
  readonly missing: readonly [string, string];
  readonly complete: string;
  readonly partlyEstimated: string;
  readonly partlyMissing: string;
  readonly onPartlyEstimated: string;
  readonly onPartlyMissing: string;
  /** Parts of a whole from the base up, each beside the next at 3:1 or more; the same order in both themes. */
  readonly bands: readonly string[];
  /** What is left of a whole after its named parts. */
  readonly rest: string;
  /** Ground behind a stretch of the picture that is out of the ordinary. */
  readonly shade: string;
}

const light: Palette = {
  paper: "#ffffff",
  ink: "#0b0c0c",
  muted: "#505a5f",
  grid: "#e1e5e8",
  actual: "#12436d",
  spread: "#bcd3e8",
  accent: "#c2410c",
  ramp: ["#e9f2fa", "#c3dbf0", "#92c0e4", "#5a9dd2", "#2073bc", "#12436d", "#081f36"],
  estimatedRamp: ["#fbeed3", "#f5d9a0", "#eabb62", "#d6962c", "#ad6d10", "#75460a", "#3d2404"],
  missing: ["#cdd0d2", "#a8adb0"],
  complete: "#c9dced",
  partlyEstimated: "#f0c66e",
  partlyMissing: "#c2410c",
  onPartlyEstimated: "#0b0c0c",
  onPartlyMissing: "#ffffff",
  bands: ["#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1", "#2b4709", "#b58900"],
  rest: "#3d3d3d",
  shade: "#f0f2f4"
};

const dark: Palette = {
  paper: "#14181b",
  ink: "#f3f2f1",
  muted: "#b1b4b6",
  grid: "#2e363b",
  actual: "#8ec5f2",
  spread: "#2a4d69",
  accent: "#ff9d5c",
  ramp: ["#132a40", "#17426a", "#1f629b", "#3a86c8", "#6bace6", "#a3d0f6", "#dcefff"],
  estimatedRamp: ["#33230b", "#543a10", "#7f5814", "#ad7a1f", "#d6a03f", "#efc880", "#fdf0d5"],
  missing: ["#454c51", "#5d666c"],
  complete: "#24506f",
  partlyEstimated: "#e8b75c",
  partlyMissing: "#c2410c",
  onPartlyEstimated: "#0b0c0c",
  onPartlyMissing: "#ffffff",
  bands: ["#9ccdf5", "#1b736b", "#f6c4df", "#a84e1b", "#d8dcdf", "#7f62b5", "#c5dc9a", "#8a6a12"],
  rest: "#d8dcdf",
  shade: "#20262a"
};

const propertyOf = (name: string) => `--f-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** Each colour of a palette by the name of its custom property. */
function namedColours(palette: Palette): [string, string][] {
  return Object.entries(palette).flatMap(([name, colours]: [string, string | readonly string[]]) =>
    typeof colours === "string"
      ? [[propertyOf(name), colours] as [string, string]]
      : colours.map((colour, i): [string, string] => [propertyOf(`${name}-${i}`), colour])
  );
}

const inPage = Object.fromEntries(
  Object.entries(light).map(([name, colours]: [string, string | readonly string[]]) => [
    name,
    typeof colours === "string"
      ? `var(${propertyOf(name)})`
      : colours.map((_, i) => `var(${propertyOf(`${name}-${i}`)})`)
  ])
) as unknown as Palette;

const palettes: Record<Theme, Palette> = {light, dark, page: inPage};

export function paletteOf(theme: Theme): Palette {
  return palettes[theme];
}

/** The themes that a picture of pixels is drawn in: a pixel has a real colour, so that one for a page is drawn for both. */
export function literalThemes(theme: Theme): readonly LiteralTheme[] {
  return theme === "page" ? ["light", "dark"] : [theme];
}

/** The custom properties that pictures drawn into a page name, as CSS declarations: light or dark by the colour scheme of the page. */
export function pageColours(): string {
  const darkColours = new Map(namedColours(dark));
  return namedColours(light)
    .map(([name, colour]) => `${name}: light-dark(${colour}, ${darkColours.get(name)});`)
    .join("\n");
}

/** Sizes of text, and of the outer margin, in px. */
export interface Sizes {
  readonly title: number;
  readonly subtitle: number;
  readonly label: number;
  readonly source: number;
  readonly pad: number;
}

const phone: Sizes = {title: 18, subtitle: 14, label: 12, source: 12, pad: 14};
const page: Sizes = {title: 22, subtitle: 15, label: 14, source: 13, pad: 24};
const wide: Sizes = {title: 32, subtitle: 20, label: 18, source: 16, pad: 36};

/** A picture this narrow, in px, drops every other label and stacks what would stand side by side. */
export function isNarrow(width: number): boolean {
  return width < 600;
}

/** Sizes for a picture of this width in px: a phone, a page, or (from 1200) a wide screen. */
export function sizesOf(width: number): Sizes {
  if (isNarrow(width)) return phone;
  return width < 1200 ? page : wide;
}

/** A slide of a wide projector, in inches. */
export const slideInches = {width: 13.333, height: 7.5};

/** The least text that is read from the back of a room, in points, and how many points an inch of a slide has. */
const leastPoints = 18;
const pointsAnInch = 72;

/** How many px wide a picture is drawn that is to be so many inches wide on a slide: its labels are then at least 18 points. */
export function slidePixels(inches: number): number {
  return Math.floor((inches * page.label * pointsAnInch) / leastPoints);
}

/** The face of all text. Inter is the one measured; the others stand in where it is not installed. */
export const fontFamily = "Inter, system-ui, sans-serif";
