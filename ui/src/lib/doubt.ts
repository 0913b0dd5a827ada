import type { Reading } from "./types";

/** How far a shown value may be taken for what is: as it is, in doubt (there is one), or past (the last that came), or none. */
export type Doubt = "none" | "doubted" | "past" | "bad";

export function doubtOf(reading: Reading | undefined): Doubt {
  if (reading === undefined) return "bad";
  return (["none", "doubted", "past", "bad"] as const)[reading.quality];
}

/** Whether a value still tells what is. */
export function counts(reading: Reading | undefined): reading is Reading {
  return reading !== undefined && reading.quality < 2;
}

/** The reading that is least to be trusted. A device that is told of by nothing has none. */
export function worst(readings: (Reading | undefined)[]): Reading | undefined {
  return readings.some((each) => each === undefined)
    ? undefined
    : readings.reduce((one, other) => (other!.quality > one!.quality || (other!.quality === one!.quality && other!.age_s > one!.age_s) ? other : one));
}
