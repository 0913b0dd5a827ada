import type { Entry, Finding, Forecasts, History, Now, Park } from "./types";

/** An answer that is not the one asked for: its status, and what the server found. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly findings: Finding[],
    readonly retryAfterS: number | null,
  ) {
    super(`${status}`);
  }
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const changing: RequestInit = {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Lingtan": "1" },
    body: JSON.stringify(body ?? {}),
  };
  const answer = await fetch(`./api/v1/${path}`, body === undefined ? {} : changing);
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    const wait = Number(answer.headers.get("Retry-After"));
    throw new Refused(answer.status, said.findings ?? [], wait || null);
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

export type OrderForm =
  | { kind: "mode"; mode: string }
  | { kind: "stop" | "release"; asset: string }
  | { kind: "proposal"; asset: string; wish_kw: number; minutes: number };

export const login = (secret: string) => call<void>("login", { secret });
export const session = () => call<{ open: boolean }>("session");
export const logout = () => call<void>("logout", {});
export const readPark = () => call<Park>("park");
export const readNow = () => call<Now>("now");
export const readHistory = (hours: number) => call<History>(`history?hours=${hours}`);
export const readLog = () => call<{ entries: Entry[] }>("log?limit=200");
export const readForecasts = () => call<Forecasts>("forecast");
export const order = (form: OrderForm) => call<{ id: number; at_ms: number }>("orders", form);

/** Listen to the live stream. `lost` is called when it breaks; the browser then tries again by itself. */
export function listen(heard: (now: Now) => void, lost: () => void): () => void {
  const stream = new EventSource("./api/v1/events");
  stream.addEventListener("now", (event) => heard(JSON.parse(event.data) as Now));
  stream.addEventListener("error", lost);
  return () => stream.close();
}
