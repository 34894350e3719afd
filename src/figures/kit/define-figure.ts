import type {z} from "zod";
import type {Finding} from "../../models/marts/findings.ts";
import type {Figure, FigureOptions} from "./figure.ts";
import type {Theme} from "./theme.ts";

/** Rows of further queries, by the name of their file without `.sql`. */
type Sets = Readonly<Record<string, object>>;
type RowsOf<More extends Sets> = {readonly [Name in keyof More]: readonly More[Name][]};

/** Invented rows that a picture is drawn from and compared with the accepted one, in each of these looks. */
export interface Example<Row extends object = object, More extends Sets = Sets> {
  /** What its pictures are called: `accepted/NAME-THEME-WIDTH.svg`. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly more?: RowsOf<More>;
  readonly options?: Partial<FigureOptions>;
  /** By default on a light page, on a dark phone and on a slide. */
  readonly looks?: readonly Look[];
}

type FindingKind = Finding["kind"];

/** A theme and a width in px. */
export type Look = readonly [Theme, number];

/**
 * One figure: what it is called, which rows it is of, how they are drawn. It lies in a folder of its own, `src/figures/ID/`: `rows.sql` is the query
 * of its rows over the published marts, `accepted/` holds its pictures. Whatever shows figures reads the folders, so there is no list to add it to.
 */
export interface FigureDefinition<Row extends object = object, More extends Sets = Sets> {
  /** The name of its folder. */
  readonly id: string;
  /** What it shows, in a line of a list. */
  readonly summary: string;
  /** Where it stands among the figures: the lowest first. */
  readonly order: number;
  /** The shape of one row of `rows.sql`. */
  readonly rows: z.ZodType<Row>;
  /** The shapes of one row of further queries, each by the name of its file without `.sql`. */
  readonly more?: {readonly [Name in keyof More]: z.ZodType<More[Name]>};
  /** Views in `kit/NAME.sql` that the queries read. */
  readonly views?: readonly string[];
  /**
   * Of which building it is, where it is of one: its queries read `chosen_building`, with one row of `site_id` and `energy`. It can be drawn for every
   * building that has rows in the mart; where nobody asked for one, it is the most out of the ordinary, of this energy if any is.
   */
  readonly building?: {readonly mart: string; readonly energy: "electricity" | "gas"};
  /** Kinds of finding that it is the picture of; of a figure of one building. */
  readonly shows?: readonly FindingKind[];
  /** A column of the rows, where each of its values has a picture to itself, in the order of the rows. */
  readonly each?: keyof Row & string;
  /** Whether there is no picture where there are no rows; by default it says so. */
  readonly isLeftOutEmpty?: boolean;
  /** A column by whose value a page may show some of the rows alone: `{{figure ID VALUE}}`. */
  readonly part?: keyof Row & string;
  /** What a page shows as its numbers: by default the rows, else the rows of `NAME.sql` over `figure_rows`, or for null none. */
  readonly numbers?: string | null;
  /** The picture and its words: pure, and adds nothing up that SQL can. */
  draw(rows: readonly Row[], options: FigureOptions, more: RowsOf<More>): Figure;
  /** Read only when pictures are compared. */
  readonly examples: () => Promise<{readonly examples: readonly Example<Row, More>[]}>;
}

/** Declares a figure; its file exports it by the name `figure`. */
export function defineFigure<Row extends object, More extends Sets = Readonly<Record<never, object>>>(
  figure: FigureDefinition<Row, More>
): FigureDefinition<Row, More> {
  return figure;
}
