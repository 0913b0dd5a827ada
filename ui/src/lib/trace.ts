import { counts } from "./doubt";
import type { History, Now, Park } from "./types";

/** Columns for uPlot: seconds, then one list of values for each line; null is a gap. */
export type Columns = [number[], ...(number | null)[][]];

export interface TraceLine {
  key: string;
  family: string;
  kind: "actual" | "plan";
}

/** What happened between the history that was read and now, as the stream told it. */
export interface Recent {
  atMs: number[];
  values: Record<string, (number | null)[]>;
}

const LOADS = "load";

/** The lines of the power chart: connection, plants and stores one by one, all loads as one. */
export function powerKeys(park: Park): { key: string; family: string }[] {
  const assets = Object.entries(park.assets).filter(([, asset]) => asset.family !== "load");
  const order = ["battery", "pv", "wind", "firm_line"];
  assets.sort((a, b) => order.indexOf(a[1].family) - order.indexOf(b[1].family));
  const loads = Object.values(park.assets).some((asset) => asset.family === "load");
  return [
    ...Object.keys(park.connections).map((key) => ({ key, family: "connection" })),
    ...assets.map(([key, asset]) => ({ key, family: asset.family as string })),
    ...(loads ? [{ key: LOADS, family: "load" }] : []),
  ];
}

function loadsOf(park: Park): string[] {
  return Object.entries(park.assets).filter(([, asset]) => asset.family === "load").map(([name]) => name);
}

/** The value that a line shows at this second; the last word of a device that fell silent is none. */
export function valueNow(park: Park, now: Now, key: string, quantity = "power_kw"): number | null {
  const valueOf = (point: string) => (counts(now.points[point]) ? now.points[point].value : null);
  if (key !== LOADS) return valueOf(`${key}.${quantity}`);
  const parts = loadsOf(park).map((name) => valueOf(`${name}.power_kw`));
  return parts.some((part) => part === null) ? null : parts.reduce<number>((sum, part) => sum + part!, 0);
}

function actualOf(park: Park, history: History, key: string, quantity: string): Map<number, number> {
  if (key !== LOADS) {
    const line = history.actual[`${key}.${quantity}`];
    return new Map(line?.at_ms.map((at, i) => [at, line.value[i]!]) ?? []);
  }
  return summed(loadsOf(park).map((name) => actualOf(park, history, name, "power_kw")));
}

function planOf(park: Park, history: History, key: string, quantity: "power_kw" | "soc"): Map<number, number> {
  if (key === LOADS) return summed(loadsOf(park).map((name) => planOf(park, history, name, "power_kw")));
  const line = history.plan.assets[key];
  const found = new Map<number, number>();
  line?.at_ms.forEach((at, i) => {
    const value = line[quantity][i];
    if (value !== null && value !== undefined) found.set(at, value);
  });
  return found;
}

/** Sums at the moments that all parts have. */
function summed(parts: Map<number, number>[]): Map<number, number> {
  const [first, ...others] = parts;
  const found = new Map<number, number>();
  for (const [at, value] of first ?? []) {
    let sum: number | undefined = value;
    for (const other of others) {
      const more = other.get(at);
      sum = sum === undefined || more === undefined ? undefined : sum + more;
    }
    if (sum !== undefined) found.set(at, sum);
  }
  return found;
}

/** The plan as corners of a staircase, so that it can share an axis of moments with what was measured. */
function corners(plan: Map<number, number>, stepMs: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const [at, value] of plan) {
    found.set(at, value);
    found.set(at + stepMs - 1, value);
  }
  return found;
}

/** The columns of one chart: for every key what was measured, then what is planned. */
export function columnsOf(park: Park, history: History, recent: Recent, keys: string[], quantity: "power_kw" | "soc", factor: number): Columns {
  const stepMs = (history.plan.step_s ?? 900) * 1000;
  const lines: Map<number, number>[] = [];
  for (const key of keys) {
    const actual = actualOf(park, history, key, quantity);
    recent.atMs.forEach((at, i) => {
      const value = recent.values[`${key}.${quantity}`]?.[i];
      if (value !== null && value !== undefined && at > history.now_ms) actual.set(at, value);
    });
    const plan = planOf(park, history, key, quantity);
    lines.push(actual, quantity === "soc" ? ends(plan, stepMs) : corners(plan, stepMs));
  }
  return joined(lines, factor, history.step_ms, stepMs);
}

/** A content is that of a step's end. */
function ends(plan: Map<number, number>, stepMs: number): Map<number, number> {
  return new Map([...plan].map(([at, value]) => [at + stepMs, value]));
}

/** Lines with their own moments on one axis; a line bridges the moments of the others, and breaks where its own are missing. */
function joined(lines: Map<number, number>[], factor: number, actualStep: number, planStep: number): Columns {
  const moments = [...new Set(lines.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  const columns = lines.map((line, n) => {
    const longest = n % 2 === 0 ? 3 * Math.max(actualStep, 5000) : 1.5 * planStep;
    let before: [number, number] | null = null;
    const own = [...line].sort((a, b) => a[0] - b[0]);
    let next = 0;
    return moments.map((at) => {
      while (next < own.length && own[next]![0] < at) before = own[next++]!;
      const here = own[next];
      if (here === undefined) return null;
      if (here[0] === at) return here[1] * factor;
      if (before === null || here[0] - before[0] > longest) return null;
      return (before[1] + ((here[1] - before[1]) * (at - before[0])) / (here[0] - before[0])) * factor;
    });
  });
  return [moments.map((at) => at / 1000), ...columns];
}

/** From when to when the chart runs: a young run shows no empty hours, but always some past. */
export function spanOf(history: History): { from: number; until: number } {
  const starts = Object.values(history.actual).flatMap((line) => line.at_ms.slice(0, 1));
  const first = starts.length ? Math.min(...starts) : history.now_ms;
  const least = history.now_ms - (history.until_ms - history.now_ms) / 6;
  return { from: Math.max(history.from_ms, Math.min(first, least)), until: history.until_ms };
}
