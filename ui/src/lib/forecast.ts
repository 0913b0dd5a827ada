import { number, UNKNOWN } from "./format";
import type { Score } from "./types";

export type Row = (number | null)[];

/** The plot inside a drawing [px]. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A band between two quantiles, by the share that it promises. */
export interface Band {
  share: number;
  path: string;
}

export interface Fan {
  bands: Band[];
  median: string;
  lines: Record<string, string>;
  ticks: { value: number; y: number }[];
  hours: { atMs: number; x: number }[];
  nowX: number | null;
}

export interface Drawable {
  startMs: number;
  stepMs: number;
  levels: number[];
  quantiles: Row[] | null;
  lines: Record<string, Row>;
}

const BANDS: [number, number][] = [[0.05, 0.95], [0.1, 0.9], [0.25, 0.75]];
const HOUR_MS = 3_600_000;
/** So little below zero, of the highest value, needs no axis below zero: what a plant draws at night. */
const DUST = 0.03;

/** Round values that cover a range, at most so many intervals and one or two more. */
export function ticks(low: number, high: number, most = 4): number[] {
  const span = high > low ? high - low : 1;
  const tens = 10 ** Math.floor(Math.log10(span / most));
  const step = tens * [1, 2, 2.5, 5, 10].find((part) => tens * part >= (span / most) * (1 - 1e-9))!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Labels of an axis without the zeros that all of them end in: 120 rather than 120.0. */
export function shortened(labels: string[]): string[] {
  const zeros = labels.map((label) => /\.(\d*?)(0*)$/.exec(label)).map((found) => found?.[2]?.length ?? Infinity);
  const most = Math.min(...zeros);
  return Number.isFinite(most) ? labels.map((label) => (label.includes(".") ? label.slice(0, label.length - most).replace(/\.$/, "") : label)) : labels;
}

/** Where each run of known values begins and ends. */
export function runs(known: boolean[]): [number, number][] {
  const found: [number, number][] = [];
  known.forEach((is, i) => {
    if (is && !known[i - 1]) found.push([i, i]);
    if (is) found.at(-1)![1] = i + 1;
  });
  return found;
}

const px = (value: number) => Number(value.toFixed(1)).toString();

/** A line of steps; where nothing is known there is none. */
export function stepPath(row: Row, x: (step: number) => number, y: (value: number) => number): string {
  return runs(row.map((value) => value !== null))
    .map(([first, stop]) => {
      const steps = row.slice(first, stop).map((value, i) => `${i === 0 ? "" : "V"}${px(y(value!))}H${px(x(first + i + 1))}`);
      return `M${px(x(first))} ${steps.join("")}`;
    })
    .join("");
}

/** The area between two lines of steps; where one is not known there is none. */
export function bandPath(low: Row, high: Row, x: (step: number) => number, y: (value: number) => number): string {
  return runs(low.map((value, i) => value !== null && high[i] !== null))
    .map(([first, stop]) => {
      const there: string[] = [];
      const back: string[] = [];
      for (let i = first; i < stop; i++) {
        there.push(`V${px(y(high[i]!))}H${px(x(i + 1))}`);
        back.unshift(`V${px(y(low[i]!))}H${px(x(i))}`);
      }
      return `M${px(x(first))} ${px(y(low[first]!))}${there.join("")}${back.join("")}Z`;
    })
    .join("");
}

/** A day of quantiles as bands, its median, and other lines, in a plot; null where nothing of it is known. */
export function fanOf(day: Drawable, plot: Plot, nowMs: number | null = null): Fan | null {
  const rows = [...(day.quantiles ?? []), ...Object.values(day.lines)];
  const known = rows.flat().filter((value): value is number => value !== null);
  const count = Math.max(0, ...rows.map((row) => row.length));
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const marks = ticks(low < 0 && low > -DUST * high ? 0 : low, high);
  const [bottom, top] = [marks[0]!, marks.at(-1)!];
  const x = (step: number) => plot.left + ((plot.right - plot.left) * step) / count;
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * (value - bottom)) / (top - bottom);
  const at = (level: number) => day.quantiles?.[day.levels.indexOf(level)];
  const endMs = day.startMs + count * day.stepMs;
  const hours = [0, 6, 12, 18, 24].map((hour) => day.startMs + hour * HOUR_MS).filter((ms) => ms <= endMs);
  return {
    bands: BANDS.flatMap(([from, to]) => {
      const [least, most] = [at(from), at(to)];
      return least && most ? [{ share: to - from, path: bandPath(least, most, x, y) }] : [];
    }),
    median: stepPath(at(0.5) ?? [], x, y),
    lines: Object.fromEntries(Object.entries(day.lines).map(([name, row]) => [name, stepPath(row, x, y)])),
    ticks: marks.map((value) => ({ value, y: y(value) })),
    hours: hours.map((atMs) => ({ atMs, x: x((atMs - day.startMs) / day.stepMs) })),
    nowX: nowMs !== null && nowMs >= day.startMs && nowMs < endMs ? x((nowMs - day.startMs) / day.stepMs) : null,
  };
}

/** At least three digits, grouped, never with an exponent. */
export function figure(value: number): string {
  if (Math.abs(value) < 1e-9) return "0";
  return number(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
}

/** A score as a table shows it. */
export function scoreText(value: number | null, form: Score["form"]): string {
  if (value === null) return UNKNOWN;
  if (form === "p") return value < 0.0001 ? "< 0.0001" : figure(value);
  return form === "share" ? `${figure(100 * value)}%` : figure(value);
}

/** Which of the models has the least of a score that is the better the less there is of it; none where it is not so simple. */
export function bestOf(score: Score): number | null {
  const lessIsBetter = ["mae", "nmae", "rmse", "mape", "rmae", "mase", "pinball", "crps", "peak_error", "regret_cny"];
  if (!lessIsBetter.includes(score.key)) return null;
  const known = score.values.filter((value): value is number => value !== null);
  return known.length < 2 ? null : score.values.indexOf(Math.min(...known));
}
