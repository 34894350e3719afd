import type {Finding} from "../../models/marts/findings.ts";
import {named} from "../kit/nearest.ts";

/** The finding of this name; the nearest is offered. */
export const findingNamed = (all: readonly Finding[], name: string): Finding =>
  named(new Map(all.map(finding => [finding.finding_id, finding])), "finding", name);
