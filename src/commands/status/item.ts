/** One thing that somebody must do: what is wrong and what to do, and the rows it is about. */
export interface Item {
  readonly words: string;
  readonly rows: readonly string[];
}
