import { useSession } from './session';

/** What a page is about to read goes stale at once: an answer that nobody took meanwhile is dropped. */
const FRESH_MS = 5000;
const asked = new Map<string, { answer: Promise<Response | null>; at: number }>();

/** Asks for what a page will read first, while the page itself is still being fetched and drawn. */
export function askAhead(paths: readonly string[]): void {
  const { token } = useSession();
  if (token === null) return;
  for (const path of paths) {
    const answer = wholeAnswer(path, token).catch(() => null);
    asked.set(new URL(path, location.origin).href, { answer, at: performance.now() });
  }
}

/** The answer that was asked for ahead, once; null when there is none that holds, and it is to be asked for now. */
export async function takeAhead({ method, url }: Request): Promise<Response | null> {
  const found = method === 'GET' ? asked.get(url) : undefined;
  if (found === undefined) return null;
  asked.delete(url);
  return performance.now() - found.at > FRESH_MS ? null : found.answer;
}

/** Read to its end even if nobody takes it: an answer left half read would keep its connection. */
async function wholeAnswer(path: string, token: string): Promise<Response | null> {
  const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
  const { ok, status, headers } = response;
  const text = await response.text();
  return ok ? new Response(text, { status, headers }) : null;
}
