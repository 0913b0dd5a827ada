/** A step line and the area below it, in a box of 100 by 40, from values that each hold until the next begins. */
export function staircase(atMs: number[], values: number[], fromMs: number, untilMs: number): { edge: string; area: string } | null {
  if (values.length === 0) return null;
  const highest = Math.max(...values);
  const lowest = Math.min(0, ...values);
  const x = (ms: number) => ((100 * (Math.min(Math.max(ms, fromMs), untilMs) - fromMs)) / (untilMs - fromMs)).toFixed(2);
  const y = (value: number) => (38 - (34 * (value - lowest)) / (highest - lowest || 1)).toFixed(2);
  let edge = "";
  values.forEach((value, i) => {
    edge += `${i === 0 ? "M" : "L"}${x(atMs[i]!)} ${y(value)}H${x(atMs[i + 1] ?? untilMs)}`;
  });
  return { edge, area: `${edge}V40H${x(atMs[0]!)}Z` };
}
