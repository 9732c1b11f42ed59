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

/**
 * Has a slip issued through the API. Token and code are read where they are handed to the drawing of the paper: nothing
 * else ever holds them.
 */
export async function aSlip(t: TestApp, by: Caller, disputeId: string, partyId?: string): Promise<HeldSlip> {
  const draw = jest.spyOn(t.app.get(Papers, { strict: false }), 'render');
  try {
    const pdf = must<Buffer>(
      await by.fetchPost(`/disputes/${disputeId}/slips`, partyId === undefined ? {} : { partyId }),
      200,
    );
    const entry = draw.mock.calls.at(-1)?.[2].entry;
    const token = entry?.url.split('/p/')[1] ?? '';
    const code = (entry?.code ?? '').replace(/\D/g, '');
    const [row] = await t.sql<{ id: string }>(
      'select id from portal_access where dispute_id = $1 and ended_at is null order by issued_at desc, id desc limit 1',
      [disputeId],
    );
    return { id: row?.id ?? '', token, code, pdf };
  } finally {
    draw.mockRestore();
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
