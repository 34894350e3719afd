import {longDateText, longMonthText, weekdayText} from "../../src/wording/dates.ts";
import {amount} from "../../src/wording/numbers.ts";
import {percent} from "../../src/wording/shares.ts";
import {sentenceCase} from "../../src/wording/titles.ts";
import {keepState, readState} from "./address.ts";
import {element, scrolledTable, shape} from "./element.ts";
import {drawnHalfHours, loadHalfHours} from "./half-hours.ts";

/** The days of one energy, as the page holds them: a value a day from the first, null where nothing is held. */
interface Series {
  readonly energy: string;
  readonly from: string;
  readonly kwh: readonly (number | null)[];
  /** Which of them are not complete: at least so much. */
  readonly part: readonly number[];
  readonly closed: readonly (number | null)[];
  readonly of: readonly (number | null)[];
}

interface Day {
  readonly date: Date;
  readonly kwh: number | null;
  readonly isPart: boolean;
  readonly closed: string;
}

const dayMs = 86_400_000;

/**
 * Each month of the tables that has days becomes a link to them; `#month=2026-03` shows them, under the tables. Where the page has half-hours beside it each day
 * is a link to its own; `#day=2026-03-29` shows them.
 */
export function showDays(): void {
  const [place, data] = ["days", "day-values"].map(id => document.getElementById(id));
  if (!place || !data) return;
  const all = JSON.parse(data.textContent ?? "[]") as Series[];
  const halfHours = place.dataset.halfHours ?? null;
  const months: string[] = [];
  for (const time of document.querySelectorAll<HTMLTimeElement>(".year time")) {
    const month = time.dateTime;
    if (!all.some(series => daysOf(series, month).length > 0)) continue;
    months.push(month);
    const link = element("a", {href: `#month=${month}`}, time.textContent ?? month);
    link.append(element("span", {class: "unseen"}, ": its days"));
    time.replaceChildren(link);
  }
  months.sort();
  const put = (title: string, ways: HTMLElement, parts: readonly Node[]) => {
    const heading = element("h3", {tabindex: "-1"}, title);
    place.hidden = false;
    place.replaceChildren(heading, ways, ...parts);
    heading.focus({preventScroll: true});
    place.scrollIntoView({block: "nearest"});
  };
  const close = (name: string, month: string) => {
    keepState(name, null);
    place.hidden = true;
    document.querySelector<HTMLElement>(`time[datetime="${month}"] a`)?.focus();
  };
  const show = async () => {
    const [month, day] = [readState("month"), halfHours === null ? null : readState("day")];
    const monthOfDay = day === null || Number.isNaN(Date.parse(day)) ? null : day.slice(0, 7);
    if (day !== null && halfHours !== null && monthOfDay !== null && months.includes(monthOfDay)) {
      const parts = await loadHalfHours(halfHours).then(
        held => drawnHalfHours(held, day),
        () => [
          element("p", {role: "alert"}, "The half-hours could not be read. Load the page again, or look at the days.")
        ]
      );
      if (readState("day") === day)
        put(
          `${weekdayText(new Date(day))}, half-hour by half-hour`,
          waysOnFromDay(day, months, () => close("day", monthOfDay)),
          parts
        );
    } else if (month !== null && months.includes(month))
      put(
        `${longMonthText(new Date(`${month}-01`))}, day by day`,
        waysOn(month, months, () => close("month", month)),
        all.flatMap(series => drawn(series, month, halfHours === null ? null : (place.dataset.halfHoursFrom ?? "")))
      );
    else place.hidden = true;
  };
  addEventListener("hashchange", show);
  void show();
}

function daysOf({from, kwh, part, closed, of}: Series, month: string): Day[] {
  const [first, start] = [Date.parse(from), Date.parse(`${month}-01`)];
  const date = new Date(start);
  const count = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const at = Math.round((start - first) / dayMs);
  if (at + count <= 0 || at >= kwh.length) return [];
  return Array.from({length: count}, (_, i) => {
    const [shut, whole] = [closed[at + i] ?? null, of[at + i] ?? null];
    return {
      date: new Date(start + i * dayMs),
      kwh: kwh[at + i] ?? null,
      isPart: part.includes(at + i),
      closed: shut === null || whole === null || whole <= 0 ? "–" : percent(shut, whole)
    };
  });
}

const isoOf = (date: Date) => date.toISOString().slice(0, 10);
const link = (to: string, words: string) => element("li", {}, element("a", {href: `#${to}`}, words));

/** Links, and last the button that closes what is shown. */
function waysTo(links: readonly HTMLElement[], close: () => void): HTMLElement {
  const button = element("button", {type: "button"}, "Close");
  button.addEventListener("click", close);
  return element("ul", {class: "links"}, ...links, element("li", {}, button));
}

function waysOn(month: string, months: readonly string[], close: () => void): HTMLElement {
  const at = months.indexOf(month);
  const step = (to: string | undefined, words: string) =>
    to === undefined ? [] : [link(`month=${to}`, `${words}: ${longMonthText(new Date(`${to}-01`))}`)];
  return waysTo([...step(months[at - 1], "Before"), ...step(months[at + 1], "After")], close);
}

function waysOnFromDay(day: string, months: readonly string[], close: () => void): HTMLElement {
  const step = (days: number, words: string) => {
    const to = new Date(Date.parse(day) + days * dayMs);
    const date = isoOf(to);
    return months.includes(date.slice(0, 7)) ? [link(`day=${date}`, `${words}: ${longDateText(to)}`)] : [];
  };
  const month = day.slice(0, 7);
  const itsMonth = link(`month=${month}`, `${longMonthText(new Date(`${month}-01`))}, day by day`);
  return waysTo([...step(-1, "Before"), ...step(1, "After"), itsMonth], close);
}

function linkOf(date: Date): HTMLElement {
  const made = element("a", {href: `#day=${isoOf(date)}`}, weekdayText(date));
  made.append(element("span", {class: "unseen"}, ": its half-hours"));
  return made;
}

const size = {bar: 10, height: 72};

function drawn(series: Series, month: string, halfHoursFrom: string | null): Node[] {
  const days = daysOf(series, month);
  if (days.length === 0) return [];
  const most = Math.max(0, ...days.map(({kwh}) => kwh ?? 0));
  const bars = days.flatMap(({kwh, isPart}, i) => {
    if (kwh === null) return [];
    const height = Math.max(1, most === 0 ? 0 : (kwh / most) * size.height);
    const look = {x: i * size.bar, y: size.height - height, width: size.bar - 2, height};
    return [shape("rect", {...look, class: isPart ? "part" : "held"})];
  });
  const width = days.length * size.bar;
  const caption = `${sentenceCase(series.energy)} bought each day of ${longMonthText(new Date(`${month}-01`))}`;
  const svg = shape(
    "svg",
    {viewBox: `0 0 ${width} ${size.height}`, width, height: size.height, "aria-hidden": "true"},
    ...bars
  );
  const row = ({date, kwh, isPart, closed}: Day) =>
    element(
      "tr",
      {},
      element(
        "th",
        {scope: "row"},
        halfHoursFrom !== null && kwh !== null && isoOf(date) >= halfHoursFrom ? linkOf(date) : weekdayText(date)
      ),
      element("td", {class: "number"}, kwh === null ? "–" : `${isPart ? "at least " : ""}${amount(kwh)}`),
      element("td", {class: "number"}, closed)
    );
  const heads = ["Day", "kWh", "while closed"].map((name, i) =>
    element("th", {scope: "col", ...(i > 0 && {class: "number"})}, name)
  );
  return [svg, scrolledTable(caption, heads, days.map(row))];
}
