import { useSession } from '@/api';

/**
 * A request beside the work: hints, drafts. It never asks for a password over what somebody types; null when the server
 * is not reached or the login is being renewed, 401 when the login has run out.
 */
export async function quietFetch(path: string, init: RequestInit = {}): Promise<Response | null> {
  const session = useSession();
  const once = (): Promise<Response> =>
    fetch(path, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        ...(session.token === null ? {} : { Authorization: `Bearer ${session.token}` }),
        ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
    });
  try {
    if (session.isLocked) return null;
    await session.renewInTime();
    const first = await once();
    if (first.status !== 401) return first;
    return (await session.refresh()) ? await once() : first;
  } catch {
    return null;
  }
}
