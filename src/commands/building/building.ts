import type {Config} from "../../council/config.ts";
import {readRegisters} from "../../council/registers.ts";
import {inert} from "../../effects.ts";
import {billingSignatures} from "../../models/marts/billing_signatures.ts";
import {energySignatures} from "../../models/marts/energy_signatures.ts";
import {type Finding, findings} from "../../models/marts/findings.ts";
import {maximumDemands} from "../../models/marts/maximum_demands.ts";
import {siteRatings} from "../../models/marts/site_ratings.ts";
import {siteWaterHeatYears} from "../../models/marts/site_water_heat_years.ts";
import {siteWeather} from "../../models/marts/site_weather.ts";
import {siteYears} from "../../models/marts/site_years.ts";
import {
  capacityText,
  describedText,
  fixedTexts,
  measureTexts,
  ratingText,
  readBuilding,
  weatherText,
  yearTexts
} from "../../publish/building/building.ts";
import {readFindings} from "../../publish/findings.ts";
import {withPublished} from "../../warehouse/published.ts";
import {findingCost, findingState, findingTitle, findingWhen, isOpen} from "../../wording/findings.ts";
import {andMore} from "../../wording/lists.ts";
import {folded, label, more} from "../../wording/report.ts";
import {siteNamed} from "../kit/named-site.ts";
import {mustBePublished} from "../kit/published.ts";
import {headingOf} from "../status/standing.ts";

/** One screen about the building of this name, or any part of it. */
export async function buildingLines(config: Config, name: string): Promise<string[]> {
  await mustBePublished(config.dataFolder, [
    siteYears,
    siteWaterHeatYears,
    siteRatings,
    siteWeather,
    energySignatures,
    billingSignatures,
    findings,
    maximumDemands
  ]);
  const registers = await readRegisters(config.dataFolder);
  const site = siteNamed(registers.sites, name);
  const asOf = new Date(config.asOf);
  const building = await withPublished(config.dataFolder, async connection =>
    readBuilding(connection, site.site_id, await readFindings(connection))
  );
  const {rating, weather, found, demands} = building;
  const told = yearTexts(building);
  const open = found.filter(isOpen);
  return [
    headingOf(config),
    "",
    ...folded([
      inert(`${site.name}: ${describedText(site, registers)}`),
      ...told.flatMap(({text, notes}) => ["", text, ...notes.map(more)]),
      ...(told.length === 0 ? ["", "No meter of it has been read in the last year."] : []),
      "",
      ...(rating === null ? [] : [label("Rating", ratingText(rating))]),
      label("Weather", weather === null ? "no station is in reach" : weatherText(weather)),
      ...demands.map(demand => label("Capacity", inert(capacityText(demand)))),
      "",
      ...listed(
        "Found",
        open.map(finding => findingText(finding, asOf)),
        "nothing that somebody should look at"
      ),
      ...listed(
        "Decided",
        found.filter(finding => !isOpen(finding)).map(finding => `${findingTitle(finding)}: ${findingState(finding)}`)
      ),
      ...listed("Measures", measureTexts(registers, site.site_id)),
      ...listed("Fixed", fixedTexts(registers, site.site_id, found))
    ])
  ];
}

function findingText(finding: Finding, asOf: Date): string {
  const cost = findingCost(finding);
  return `${findingTitle(finding).replace(/^[^:]*: /, "")}, ${findingWhen(finding, asOf)}${cost === null ? "" : `, ${cost}`} (${finding.finding_id})`;
}

const mostListed = 6;

function listed(heading: string, texts: readonly string[], none?: string): string[] {
  if (texts.length === 0) return none === undefined ? [] : [label(heading, none)];
  const shown = texts
    .slice(0, mostListed)
    .map((text, index) => (index === 0 ? label(heading, inert(text)) : more(inert(text))));
  return texts.length > mostListed ? [...shown, more(andMore(texts.length - mostListed))] : shown;
}
