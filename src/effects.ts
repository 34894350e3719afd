/** What functions may do to the world beyond files and the warehouse. Tests pass a fixed clock and a recorder. */
export interface Effects {
  /** Now, as an instant. */
  readonly now: () => Date;
  /** A line of the answer: standard output. */
  readonly print: (line: string) => void;
  /** A line about work under way: standard error, so that answers can be piped. */
  readonly progress: (line: string) => void;
}

export const defaultEffects: Effects = {
  now: () => new Date(),
  print: line => void process.stdout.write(`${line}\n`),
  progress: line => void process.stderr.write(`${line}\n`)
};
