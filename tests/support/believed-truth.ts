import type {Fault, MeterFault} from "../../src/illustrative/faults/fault.ts";
import type {Truth} from "../../src/illustrative/truth.ts";

/** Faults that change values and not shape, so that what they touch is doubted: in no total until somebody accepts it. */
const doubted = ["spike", "array_failed"];

/** The truth of what is believed: each doubted fault's half-hours are not held, and what stood in them is in no month. */
export function believed(truth: Truth): Truth {
  const faults = truth.faults.filter(({kind}) => doubted.includes(kind));
  return {
    ...truth,
    meter_points: truth.meter_points.map(point => ({
      ...point,
      months: point.months.map(month => {
        const here = faults.filter(
          (fault: Fault): fault is MeterFault =>
            "meter_point_id" in fault &&
            fault.meter_point_id === point.meter_point_id &&
            fault.first_date.startsWith(month.month)
        );
        const less = (of: (fault: MeterFault) => number) => here.reduce((sum, fault) => sum + of(fault), 0);
        return {
          ...month,
          quantity: (Number(month.quantity) - less(fault => Number(fault.quantity ?? 0))).toFixed(4),
          present_half_hours: month.present_half_hours - less(fault => fault.half_hours)
        };
      })
    }))
  };
}
