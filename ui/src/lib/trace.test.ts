import { expect, test } from "vitest";
import { columnsOf, powerKeys, spanOf, valueNow } from "./trace";
import type { History, Now, Park } from "./types";

const park = {
  assets: {
    mill: { family: "load" }, office: { family: "load" }, pv: { family: "pv" }, battery: { family: "battery" },
  },
  connections: { grid: {} },
} as unknown as Park;

const QUARTER = 900_000;
const history = {
  now_ms: 30_000, from_ms: 0, until_ms: 4 * QUARTER, step_ms: 10_000,
  actual: {
    "battery.power_kw": { at_ms: [0, 10_000, 20_000], value: [100, 200, 300] },
    "mill.power_kw": { at_ms: [0, 10_000, 20_000], value: [-1, -2, -3] },
    "office.power_kw": { at_ms: [0, 20_000], value: [-10, -30] },
  },
  plan: { issued_ms: 0, step_s: 900, assets: { battery: { at_ms: [0, QUARTER], power_kw: [150, -150], soc: [0.5, 0.4] } }, price: { at_ms: [], cny_per_kwh: [] } },
} as unknown as History;
const none = { atMs: [], values: {} };

test("all loads are one line; the connection comes first", () => {
  expect(powerKeys(park).map(({ key }) => key)).toEqual(["grid", "battery", "pv", "load"]);
});

test("the plan is a staircase, what was measured a line, and neither is drawn where it does not exist", () => {
  const [moments, actual, plan] = columnsOf(park, history, none, ["battery"], "power_kw", 0.001);
  expect(moments).toEqual([0, 10, 20, 899.999, 900, 1799.999]);
  expect(actual).toEqual([0.1, 0.2, 0.3, null, null, null]);
  expect(plan?.map((value) => value && Math.round(value * 1000))).toEqual([150, 150, 150, 150, -150, -150]);
});

test("the content planned for a step is reached at its end", () => {
  const [moments, , plan] = columnsOf(park, history, none, ["battery"], "soc", 100);
  expect([moments, plan]).toEqual([[900, 1800], [50, 40]]);
});

test("a sum has only the moments that all its parts have", () => {
  // Rules out a mill alone drawn as if it were all loads.
  const [moments, actual] = columnsOf(park, history, none, ["load"], "power_kw", 1);
  expect([moments, actual]).toEqual([[0, 20], [-11, -33]]);
});

test("the stream goes on where the history ends, and does not repeat it", () => {
  const recent = { atMs: [25_000, 32_000], values: { "battery.power_kw": [999, 320] } };
  const [moments, actual] = columnsOf(park, history, recent, ["battery"], "power_kw", 1);
  expect(actual?.slice(0, 4)).toEqual([100, 200, 300, 320]);
  expect(moments.slice(0, 4)).toEqual([0, 10, 20, 32]);
});

test("one load without a reading makes the sum unknown", () => {
  const now = { points: { "mill.power_kw": { value: -5 } } } as unknown as Now;
  expect(valueNow(park, now, "load")).toBeNull();
});

test("a young run shows no empty hours, an old one its whole span", () => {
  const hour = 3_600_000;
  const span = (first: number[]) =>
    spanOf({ from_ms: 0, now_ms: 6 * hour, until_ms: 12 * hour, actual: { p: { at_ms: first, value: [] } } } as unknown as History);
  expect(span([0])).toEqual({ from: 0, until: 12 * hour });
  expect(span([3 * hour])).toEqual({ from: 3 * hour, until: 12 * hour });
  expect(span([5.9 * hour])).toEqual({ from: 5 * hour, until: 12 * hour });
  expect(span([])).toEqual({ from: 5 * hour, until: 12 * hour });
});

test("the last word of a device that fell silent is no value of now", () => {
  // Rules out a line that runs on, flat and calm, while nobody reads the device.
  const read = (quality: number) => valueNow(park, { points: { "pv.power_kw": { value: 40, quality } } } as unknown as Now, "pv");
  expect([0, 1, 2, 3].map(read)).toEqual([40, 40, null, null]);
});
