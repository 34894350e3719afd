import {billLines} from "./bill-tables/bill-lines.ts";
import {csvBillElectricity, csvBillGas} from "./bill-tables/csv-bill.ts";
import {frameworkBill} from "./bill-tables/framework-bill.ts";
import {dvlaVehicles} from "./dvla/vehicle.ts";
import {epcExport} from "./epc/epc.ts";
import {epcSearch} from "./epc/search.ts";
import {froniusDays} from "./fronius/days.ts";
import {bunkeredTank} from "./fuel-cards/bunkered-tank.ts";
import {fuelPortalExport} from "./fuel-cards/portal-export.ts";
import {texaco} from "./fuel-cards/texaco.ts";
import {ukFuels} from "./fuel-cards/uk-fuels.ts";
import {geotabFeed} from "./geotab/geotab.ts";
import {greyFleetClaims} from "./grey-fleet/claims.ts";
import {mileageTotals} from "./grey-fleet/totals.ts";
import {carbonIntensity} from "./grid/carbon-intensity.ts";
import {elexonFuelHh} from "./grid/elexon-fuelhh.ts";
import {pvLive} from "./grid/pv-live.ts";
import {elvacoTelegrams} from "./heat-meters/elvaco.ts";
import {heatMeter} from "./heat-meters/heat-meter.ts";
import {d0010} from "./industry-flows/d0010.ts";
import {keyfuelsE01} from "./keyfuels/format.ts";
import {meterPortal} from "./meter-portals/meter-portal.ts";
import {sigmaReads} from "./meter-portals/sigma-reads.ts";
import {calorificValueCsv} from "./national-gas/calorific-value.ts";
import {calorificValueJson} from "./national-gas/calorific-value-json.ts";
import {averageDailyTraffic} from "./national-statistics/average-daily-traffic.ts";
import {chargingDevices} from "./national-statistics/charging-devices.ts";
import {desnzLaGhg} from "./national-statistics/desnz-la-ghg.ts";
import {housingEnergyEfficiency} from "./national-statistics/housing-energy-efficiency.ts";
import {indicatorTable} from "./national-statistics/indicator-table.ts";
import {licensedVehicles} from "./national-statistics/licensed-vehicles.ts";
import {licensedVehiclesByCategory} from "./national-statistics/licensed-vehicles-by-category.ts";
import {renewableStatistics} from "./national-statistics/renewable-statistics.ts";
import {roadTraffic} from "./national-statistics/road-traffic.ts";
import {sitesInPositiveManagement} from "./national-statistics/sites-in-positive-management.ts";
import {stationUsage} from "./national-statistics/station-usage.ts";
import {walkingAndCycling} from "./national-statistics/walking-and-cycling.ts";
import {nomisPopulation} from "./nomis/population.ts";
import {ocpiCdrs} from "./ocpi/cdrs.ts";
import {chargePointPortal} from "./ocpi/cpo-portal.ts";
import type {RecordFormat} from "./record-format.ts";
import {samsaraFuelEnergy} from "./samsara/samsara.ts";
import {shellTransactions} from "./shell/shell.ts";
import {tradacoms} from "./tradacoms/tradacoms.ts";
import {degreeDays} from "./weather/degree-days.ts";
import {hadcetMonths, hadcetTotals} from "./weather/hadcet.ts";
import {midasDailyTemperature} from "./weather/midas-daily-temperature.ts";
import {openMeteoArchive} from "./weather/open-meteo.ts";
import {webfleetTrips} from "./webfleet/webfleet.ts";

const formats: readonly RecordFormat[] = [
  keyfuelsE01,
  ukFuels,
  texaco,
  shellTransactions,
  fuelPortalExport,
  bunkeredTank,
  ocpiCdrs,
  chargePointPortal,
  geotabFeed,
  samsaraFuelEnergy,
  webfleetTrips,
  greyFleetClaims,
  mileageTotals,
  dvlaVehicles,
  tradacoms,
  csvBillElectricity,
  csvBillGas,
  billLines,
  frameworkBill,
  d0010,
  sigmaReads,
  meterPortal,
  heatMeter,
  elvacoTelegrams,
  froniusDays,
  calorificValueCsv,
  calorificValueJson,
  carbonIntensity,
  elexonFuelHh,
  pvLive,
  openMeteoArchive,
  hadcetTotals,
  hadcetMonths,
  midasDailyTemperature,
  degreeDays,
  desnzLaGhg,
  renewableStatistics,
  epcExport,
  epcSearch,
  chargingDevices,
  licensedVehicles,
  licensedVehiclesByCategory,
  indicatorTable,
  roadTraffic,
  averageDailyTraffic,
  walkingAndCycling,
  stationUsage,
  housingEnergyEfficiency,
  sitesInPositiveManagement,
  nomisPopulation
];

/** Every form in which records arrive that are not half-hours, by name. */
export const recordFormats: ReadonlyMap<string, RecordFormat> = new Map(formats.map(format => [format.name, format]));
