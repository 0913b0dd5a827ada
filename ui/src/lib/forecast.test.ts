import { expect, test } from "vitest";
import { bandPath, bestOf, fanOf, figure, runs, scoreText, shortened, stepPath, ticks } from "./forecast";

const x = (step: number) => 10 * step;
const y = (value: number) => 100 - value;

test("round values cover the range and no more than needed", () => {
  expect(ticks(0, 47)).toEqual([0, 20, 40, 60]);
  expect(ticks(-12, 30)).toEqual([-20, 0, 20, 40]);
  expect(ticks(0.1, 0.1)).toEqual([0, 0.25]); // a flat line, too, has an axis
});

test("a line breaks where nothing was measured", () => {
  expect(runs([true, true, false, true])).toEqual([[0, 2], [3, 4]]);
  expect(stepPath([5, 7, null, 0], x, y)).toBe("M0 95H10V93H20M30 100H40");
  expect(stepPath([null], x, y)).toBe("");
});

test("a band goes there along the upper edge and back along the lower", () => {
  expect(bandPath([1, 2], [3, 5], x, y)).toBe("M0 99V97H10V95H20V98H10V99H0Z");
  expect(bandPath([1, null], [3, 5], x, y)).toBe("M0 99V97H10V99H0Z");
});

const plot = { left: 0, right: 240, top: 0, bottom: 100 };
const day = (quantiles: (number | null)[][] | null, measured: (number | null)[]) => ({
  startMs: 0, stepMs: 3_600_000, levels: [0.1, 0.5, 0.9], quantiles, lines: { measured },
});

test("a day is drawn from its first step to its last, with only the bands whose edges are there", () => {
  const hours = (value: number) => Array<number>(24).fill(value);
  const fan = fanOf(day([hours(10), hours(20), hours(40)], [15, ...Array<null>(23).fill(null)]), plot, 12.5 * 3_600_000)!;
  expect(fan.bands.map(({ share }) => share)).toEqual([0.8]);
  expect(fan.ticks.map(({ value, y }) => [value, Math.round(y)])).toEqual([[10, 100], [20, 67], [30, 33], [40, 0]]);
  expect(fan.lines.measured).toBe("M0 83.3H10");
  expect(fan.hours.map((hour) => hour.x)).toEqual([0, 60, 120, 180, 240]);
  expect(fan.nowX).toBe(125);
});

test("a plant's few watts at night ask for no axis below zero; without any value there is no chart", () => {
  expect(fanOf(day(null, [-1, 100]), plot)!.ticks[0]!.value).toBe(0);
  expect(fanOf(day(null, [-10, 100]), plot)!.ticks[0]!.value).toBe(-50);
  expect(fanOf(day(null, [null]), plot)).toBeNull();
});

test("an axis shows no zeros that all its labels end in, and keeps those that tell labels apart", () => {
  expect(shortened(["0.00", "10.00"])).toEqual(["0", "10"]);
  expect(shortened(["0.0", "2.5", "5.0"])).toEqual(["0.0", "2.5", "5.0"]);
  expect(shortened(["0.00", "2.50"])).toEqual(["0.0", "2.5"]);
  expect(shortened(["0%", "50%"])).toEqual(["0%", "50%"]);
  expect(shortened(["100", "200"])).toEqual(["100", "200"]);
});

test("the line of now is not drawn on another day", () => {
  expect(fanOf(day(null, [1, 2]), plot, 2 * 3_600_000)!.nowX).toBeNull();
});

test("scores have three digits, and a tiny p no more than a bound", () => {
  expect([figure(1234.5), figure(0.012345), figure(0)]).toEqual(["1\u2009235", "0.0123", "0"]);
  expect([scoreText(0.784, "share"), scoreText(0.00002, "p"), scoreText(0.0067, "p"), scoreText(null, "figure")]).toEqual(["78.4%", "< 0.0001", "0.00670", "–"]);
});

test("the least error is best, but the least coverage is not", () => {
  const score = (key: string, values: (number | null)[]) => ({ key, values, form: "figure" as const, unit: null, title: { zh: "", en: "" } });
  expect(bestOf(score("mae", [3, null, 2]))).toBe(2);
  expect(bestOf(score("coverage_80", [0.7, 0.8]))).toBeNull();
  expect(bestOf(score("regret_cny", [3, null]))).toBeNull();
});
