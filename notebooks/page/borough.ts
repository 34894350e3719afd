import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import {officialFigures} from "../../src/wording/targets.ts";
import {element} from "./element.ts";
import type {Facts} from "./facts.ts";

/** What has to be said before any number of the borough: it is everyone's, it is the government's, and it may not be what the target measures. */
export function boroughHeading([row]: readonly Trajectory[], {borough}: Facts): HTMLElement {
  const why = row?.why_not_measure_of_target ?? null;
  const badge = why === null ? "Official figures" : officialFigures;
  return element(
    "div",
    {},
    element("h2", {}, `${borough ?? "The borough"}, everyone and everything`),
    element("p", {}, "Homes, traffic, shops and industry. The council is a small part of it."),
    element("p", {class: "badge"}, badge),
    ...(why === null ? [] : [element("p", {}, why)])
  );
}
