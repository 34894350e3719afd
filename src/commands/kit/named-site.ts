import type {readRegisters} from "../../council/registers.ts";
import {CliError} from "../../errors.ts";
import {firstOf} from "../../wording/lists.ts";
import {nearestOf} from "../../wording/nearest.ts";

type Site = Awaited<ReturnType<typeof readRegisters>>["sites"][number];

/** The site whose name or id is this or has this in it; where several have, or none, an error that offers them. */
export function siteNamed(sites: readonly Site[], name: string): Site {
  const wanted = name.toLowerCase();
  const exact = sites.find(site => site.site_id === name || site.name.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const having = sites.filter(site => site.site_id.includes(wanted) || site.name.toLowerCase().includes(wanted));
  const [only] = having;
  if (only !== undefined && having.length === 1) return only;
  const offered = having.map(site => `${site.name} (${site.site_id})`);
  if (offered.length > 0)
    throw new CliError(`several buildings have ${name} in their name: ${firstOf(offered, 8)}`, {exitCode: 2});
  const words = sites.flatMap(site => site.name.split(/\s+/).map(word => [word, site] as const));
  const near =
    nearestOf(
      name,
      sites.map(site => site.name)
    ) ??
    nearestOf(
      name,
      words.map(([word]) => word)
    );
  const meant = sites.find(site => site.name === near) ?? words.find(([word]) => word === near)?.[1];
  throw new CliError(
    `no building has ${name} in its name${meant === undefined ? "" : `. Did you mean ${meant.name} (${meant.site_id})?`}`,
    {exitCode: 2}
  );
}
