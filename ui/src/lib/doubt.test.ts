import { expect, test } from "vitest";
import { counts, doubtOf, worst } from "./doubt";
import type { Reading } from "./types";

const read = (quality: Reading["quality"], age_s: number): Reading => ({ value: 1, unit: "kW", quality, age_s });

test("the worst of several readings speaks for what is made of them", () => {
  // Rules out the oldest of the good ones, and a device that was never heard of counted as good.
  expect(worst([read(0, 3), read(2, 9), read(2, 60), read(1, 900)])).toEqual(read(2, 60));
  expect(worst([read(0, 3), undefined])).toBeUndefined();
});

test("what is too old or unusable, or was never read, does not count; what is in doubt does", () => {
  expect([read(0, 1), read(1, 1), read(2, 1), read(3, 1), undefined].map(counts)).toEqual([true, true, false, false, false]);
  expect([read(0, 1), read(1, 1), read(2, 1), read(3, 1), undefined].map(doubtOf)).toEqual(["none", "doubted", "past", "bad", "bad"]);
});
