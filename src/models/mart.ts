import type {z} from "zod";

/**
 * The contract of one mart: the shape its `.sql` of the same name promises to readers, in the order of its columns.
 * The build fails where the two differ.
 */
export interface Mart<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  /** One row of the mart as readers get it: numbers are doubles or integers, instants and dates are `Date` at UTC. */
  readonly row: z.ZodObject<Shape>;
  /** Whether the mart leaves the house as open data (CSV and Arrow). Half-hourly shapes of a building do not. */
  readonly isOpenData: boolean;
}

/** Declares a mart. Column names end in their unit; a column that may be unknown is nullable, never zero. */
export function defineMart<Shape extends z.ZodRawShape>(mart: Mart<Shape>): Mart<Shape> {
  return mart;
}

/** The type of one row of a mart. */
export type Row<M> = M extends Mart<infer Shape> ? z.infer<z.ZodObject<Shape>> : never;
