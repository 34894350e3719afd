import type {Schedule} from "./calendar.ts";

/** One thing a pipeline does. Steps are data, so that they can be printed, dry-run and tested. */
export type Step =
  /** Holds archive and warehouse against each other, and reads the day's share of the archive. */
  | {readonly kind: "verify"}
  /** Writes the illustrative estate's supplier files into the inbox; nothing where the council is a real one. */
  | {readonly kind: "illustrate"}
  /** Asks the services of these feeds that the council has settings for. */
  | {readonly kind: "fetch"; readonly feeds: readonly string[]}
  | {readonly kind: "ingest"; readonly feeds: readonly string[]}
  | {readonly kind: "build"}
  | {readonly kind: "check"}
  | {readonly kind: "publish"};

/** What runs together, how often, and why. */
export interface Pipeline {
  readonly name: string;
  readonly description: string;
  readonly schedule: Schedule;
  readonly steps: readonly Step[];
}

/** Declares a pipeline; one a file, in `pipelines/`. */
export function definePipeline(pipeline: Pipeline): Pipeline {
  return pipeline;
}

const order: readonly Step["kind"][] = ["verify", "illustrate", "fetch", "ingest", "build", "check", "publish"];

/** The steps of several pipelines run together: each kind once, what is taken in for all of them, before anything is built. */
export function stepsOf(pipelines: readonly Pipeline[]): Step[] {
  const steps = pipelines.flatMap(pipeline => pipeline.steps);
  const feedsOf = (kind: "fetch" | "ingest") => [
    ...new Set(steps.flatMap(step => (step.kind === kind ? step.feeds : [])))
  ];
  return order
    .filter(kind => steps.some(step => step.kind === kind))
    .map(kind => (kind === "ingest" || kind === "fetch" ? {kind, feeds: feedsOf(kind)} : {kind}));
}

/** A step in words. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case "verify":
      return "check that the archive is as it was put there and the warehouse holds all of it";
    case "illustrate":
      return "write the illustrative estate's supplier files, if the council is the illustrative one";
    case "fetch":
      return `ask the services that are set up for ${step.feeds.join(", ")}`;
    case "ingest":
      return `take in what has arrived for ${step.feeds.join(", ")}`;
    case "build":
      return "build every model from raw to marts";
    case "check":
      return "prove grain, checks and contracts of the published marts";
    case "publish":
      return "write figures and tables";
  }
}
