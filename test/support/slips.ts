import { Papers } from '../../src/modules/documents';
import { must } from './builders';
import type { Caller, TestApp } from './test-app';

/** A slip as its holder has it in the hand. */
export interface HeldSlip {
  readonly id: string;
  /** What stands in the QR code. */
  readonly token: string;
  /** The six digits printed beside it. */
  readonly code: string;
  readonly pdf: Buffer;
}

/** Reads slips over the shoulder of who draws them: nothing else ever holds token and code. */
export function watchSlips(t: TestApp): { last: () => Pick<HeldSlip, 'token' | 'code'>; stop: () => void } {
  const draw = jest.spyOn(t.app.get(Papers, { strict: false }), 'render');
  return {
    last: () => {
      const entry = draw.mock.calls.at(-1)?.[2].entry;
      return { token: entry?.url.split('/p/')[1] ?? '', code: (entry?.code ?? '').replace(/\D/g, '') };
    },
    stop: () => {
      draw.mockRestore();
    },
  };
}

/** Has a slip issued through the API. */
export async function aSlip(t: TestApp, by: Caller, disputeId: string, partyId?: string): Promise<HeldSlip> {
  const slips = watchSlips(t);
  try {
    const pdf = must<Buffer>(
      await by.fetchPost(`/disputes/${disputeId}/slips`, partyId === undefined ? {} : { partyId }),
      200,
    );
    const [row] = await t.sql<{ id: string }>(
      'select id from portal_access where dispute_id = $1 and ended_at is null order by issued_at desc, id desc limit 1',
      [disputeId],
    );
    return { id: row?.id ?? '', ...slips.last(), pdf };
  } finally {
    slips.stop();
  }
}

/** Opens the portal with a slip and answers its holder as a caller. */
export async function atPortal(t: TestApp, slip: Pick<HeldSlip, 'token' | 'code'>): Promise<Caller> {
  const { token } = must<{ token: string }>(
    await t.anonymous.post('/portal/sessions', { token: slip.token, code: slip.code }),
    200,
  );
  return t.link(token);
}
