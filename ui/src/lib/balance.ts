import { worst } from "./doubt";
import type { Both, Now, Park, Reading } from "./types";

/** One part of the energy flow: who, how much (kW, never below zero), and the family that gives it its color. */
export interface Part {
  name: string;
  title: Both;
  family: string;
  shade: number;
  kw: number;
  /** What it was read from; null for what is made of other parts. */
  reading: Reading | null;
}

/**
 * What comes in and what goes out, in kW: `in = out + losses + unexplained`, exactly, for what was measured.
 * `losses` is null where no meter counts them: they are then part of what is unexplained. `missing` are the names of what
 * should be in the balance and has no reading.
 */
export interface Balance {
  in: Part[];
  out: Part[];
  totalIn: number;
  totalOut: number;
  losses: number | null;
  unexplained: number;
  missing: string[];
}

const ORDER = ["firm_line", "pv", "wind", "battery", "connection", "load"];

export function balanceOf(park: Park, now: Now): Balance {
  const things = [
    ...Object.entries(park.assets).map(([name, asset]) => ({ name, title: asset.title, family: asset.family as string })),
    ...Object.entries(park.connections).map(([name, each]) => ({ name, title: each.title, family: "connection" })),
  ];
  things.sort((a, b) => ORDER.indexOf(a.family) - ORDER.indexOf(b.family));
  const peers: Record<string, number> = {};
  const found: Balance = { in: [], out: [], totalIn: 0, totalOut: 0, losses: null, unexplained: 0, missing: [] };
  for (const { name, title, family } of things) {
    const shade = (peers[family] = (peers[family] ?? -1) + 1);
    const reading = now.points[`${name}.power_kw`];
    if (reading === undefined || reading.value === null) {
      found.missing.push(name);
      continue;
    }
    const kw = Math.abs(reading.value);
    const part = { name, title, family, shade, kw, reading };
    if (reading.value > 0) {
      found.in.push(part);
      found.totalIn += kw;
    } else if (kw > 0) {
      found.out.push(part);
      found.totalOut += kw;
    }
  }
  for (const [name, reading] of Object.entries(now.points)) {
    if (name.endsWith(".losses_kw") && reading.value !== null) found.losses = (found.losses ?? 0) + Math.abs(reading.value);
  }
  found.unexplained = found.totalIn - found.totalOut - (found.losses ?? 0);
  return found;
}

/** Parts of one family as one, where there are too many to tell apart. */
export function grouped(parts: Part[], family: string, title: Both): Part[] {
  const members = parts.filter((part) => part.family === family);
  if (members.length < 4) return parts;
  const kw = members.reduce((sum, part) => sum + part.kw, 0);
  const reading = worst(members.map((part) => part.reading ?? undefined)) ?? null;
  return [...parts.filter((part) => part.family !== family), { name: family, title, family, shade: 0, kw, reading }];
}
