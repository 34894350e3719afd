import {billLines} from "../bills/bill-lines.ts";
import {csvBillElectricity, csvBillGas} from "../bills/csv-bill.ts";
import {frameworkBill} from "../bills/framework-bill.ts";
import {tradacoms} from "../bills/tradacoms.ts";
import {averageDailyTraffic} from "../borough/average-daily-traffic.ts";
import {chargingDevices} from "../borough/charging-devices.ts";
import {desnzLaGhg} from "../borough/desnz-la-ghg.ts";
import {epcExport} from "../borough/epc.ts";
import {epcSearch} from "../borough/epc-search.ts";
import {housingEnergyEfficiency} from "../borough/housing-energy-efficiency.ts";
import {indicatorTable} from "../borough/indicator-table.ts";
import {licensedVehicles} from "../borough/licensed-vehicles.ts";
import {licensedVehiclesByCategory} from "../borough/licensed-vehicles-by-category.ts";
import {nomisPopulation} from "../borough/nomis-population.ts";
import {renewableStatistics} from "../borough/renewable-statistics.ts";
import {roadTraffic} from "../borough/road-traffic.ts";
import {sitesInPositiveManagement} from "../borough/sites-in-positive-management.ts";
import {stationUsage} from "../borough/station-usage.ts";
import {walkingAndCycling} from "../borough/walking-and-cycling.ts";
import {calorificValueCsv} from "../context/gas/calorific-value.ts";
import {calorificValueJson} from "../context/gas/calorific-value-json.ts";
import {carbonIntensity} from "../context/grid/carbon-intensity.ts";
import {elexonFuelHh} from "../context/grid/elexon-fuelhh.ts";
import {pvLive} from "../context/grid/pv-live.ts";
import {degreeDays} from "../context/weather/degree-days.ts";
import {hadcetMonths, hadcetTotals} from "../context/weather/hadcet.ts";
import {midasDailyTemperature} from "../context/weather/midas-daily-temperature.ts";
import {openMeteoArchive} from "../context/weather/open-meteo.ts";
import {bunkeredTank} from "../fleet/bunkered-tank.ts";
import {chargePointPortal} from "../fleet/cpo-portal.ts";
import {dvlaVehicles} from "../fleet/dvla-vehicle.ts";
import {geotabFeed} from "../fleet/geotab.ts";
import {greyFleetClaims} from "../fleet/grey-fleet-claims.ts";
import {keyfuelsE01} from "../fleet/keyfuels-format.ts";
import {ocpiCdrs} from "../fleet/ocpi-cdrs.ts";
import {fuelPortalExport} from "../fleet/portal-export.ts";
import {samsaraFuelEnergy} from "../fleet/samsara.ts";
import {shellTransactions} from "../fleet/shell.ts";
import {texaco} from "../fleet/texaco.ts";
import {ukFuels} from "../fleet/uk-fuels.ts";
import {webfleetTrips} from "../fleet/webfleet.ts";
import {froniusDays} from "../generation/fronius-days.ts";
import {d0010} from "../reads/d0010.ts";
import {elvacoTelegrams} from "../reads/elvaco.ts";
import {heatMeter} from "../reads/heat-meter.ts";
import {meterPortal} from "../reads/meter-portal.ts";
import {sigmaReads} from "../reads/sigma-reads.ts";
import type {RecordFormat} from "./record-format.ts";

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
