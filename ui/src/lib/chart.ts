import uPlot from "uplot";

export interface Drawn {
  label: string;
  color: string;
  width?: number;
  dash?: number[];
  fill?: string;
}

export interface Looks {
  ink: string;
  muted: string;
  rule: string;
  future: string;
  font: string;
}

/** Colors and type of the page, as a canvas needs them. */
export function looksOf(element: HTMLElement): Looks & { of: (name: string) => string } {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return { ink: of("ink"), muted: of("muted"), rule: of("rule"), future: of("future"), font: `12px ${style.fontFamily}`, of };
}

export interface ChartOptions {
  height: number;
  width: number;
  lines: Drawn[];
  looks: Looks;
  nowS: () => number;
  nowLabel: string;
  clock: (seconds: number) => string;
  value: (value: number) => string;
  range: (low: number, high: number) => [number, number];
  moved: (index: number | null) => void;
  xLabels: boolean;
}

/** A chart of lines around a now-line; charts of one page share their cursor. */
export function optionsOf(o: ChartOptions): uPlot.Options {
  const { looks } = o;
  const tick = { stroke: looks.rule, width: 1, size: 4 };
  return {
    width: o.width,
    height: o.height,
    padding: [8, 12, o.xLabels ? 0 : 4, 0],
    legend: { show: false },
    cursor: { sync: { key: "trace" }, y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (_, low, high) => o.range(low ?? 0, high ?? 1) } },
    axes: [
      {
        show: true, stroke: looks.muted, font: looks.font, grid: { show: false }, ticks: tick, size: o.xLabels ? 28 : 6, gap: 4, space: 76,
        values: (_, splits) => splits.map((at) => (o.xLabels ? o.clock(at) : "")),
      },
      {
        stroke: looks.muted, font: looks.font, grid: { stroke: looks.rule, width: 1 }, ticks: { show: false }, size: 56, gap: 6, space: 34,
        values: (_, splits) => splits.map((value) => o.value(value)),
      },
    ],
    series: [
      {},
      ...o.lines.map((line): uPlot.Series => ({
        label: line.label, stroke: line.color, width: line.width ?? 1.8, points: { show: false }, spanGaps: false,
        ...(line.dash ? { dash: line.dash } : {}),
        ...(line.fill ? { fill: line.fill } : {}),
      })),
    ],
    hooks: {
      drawClear: [(u) => shadeFuture(u, o)],
      draw: [(u) => drawNow(u, o)],
      setCursor: [(u) => o.moved(u.cursor.idx ?? null)],
    },
  };
}

function shadeFuture(u: uPlot, o: ChartOptions): void {
  const { left, top, width, height } = u.bbox;
  const at = Math.max(left, Math.min(left + width, u.valToPos(o.nowS(), "x", true)));
  u.ctx.save();
  u.ctx.fillStyle = o.looks.future;
  u.ctx.fillRect(at, top, left + width - at, height);
  u.ctx.restore();
}

function drawNow(u: uPlot, o: ChartOptions): void {
  const { left, top, width, height } = u.bbox;
  const at = u.valToPos(o.nowS(), "x", true);
  const ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.setLineDash([]);
  u.ctx.textAlign = "left";
  const zero = u.valToPos(0, "y", true);
  if (zero > top && zero < top + height) line(u.ctx, left, zero, left + width, zero, o.looks.muted, ratio);
  if (at >= left && at <= left + width) {
    line(u.ctx, at, top, at, top + height, o.looks.ink, 1.5 * ratio);
    if (o.nowLabel) {
      u.ctx.fillStyle = o.looks.ink;
      u.ctx.font = o.looks.font.replace("12px", `600 ${12 * ratio}px`);
      u.ctx.textBaseline = "top";
      u.ctx.fillText(o.nowLabel, at + 6 * ratio, top + 3 * ratio);
    }
  }
  u.ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number, color: string, width: number): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
