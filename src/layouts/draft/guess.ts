/** A part of a draft: what it says, how that was found, and what a person must decide about it. */
export interface Guess<Part> {
  readonly part: Part;
  /** In words, for the text after its heading. */
  readonly found: string;
  readonly undecided: readonly string[];
}
