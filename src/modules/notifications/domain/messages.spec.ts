import { type Addressee, addressOf, maskEmail, waitAfter } from './deliveries';
import { MESSAGE_RULES, type MessageKind, OCCASIONS, channelsOf } from './message-kinds';
import { DEFAULT_QUIET_HOURS, notBefore } from './quiet-hours';
import { NOTIFICATION_RULES } from './rules';
import { faultsOf, fill, placeholdersOf, sampleOf, segmentsOf } from './template-text';

const kinds = Object.keys(MESSAGE_RULES) as MessageKind[];

describe('templates of messages', () => {
  it.each(kinds)('of the kind %s are delivered without fault', (kind) => {
    expect(faultsOf(kind, MESSAGE_RULES[kind].text)).toEqual([]);
    expect(sampleOf(MESSAGE_RULES[kind].text)).not.toMatch(/[{}]/);
  });

  it('name what they do not know, and what was meant', () => {
    expect(faultsOf('party-registered', '编号{编好}。')).toEqual(['没有 {编好} 这个填空，您要写的是不是 {编号}？']);
    expect(faultsOf('party-registered', '{姓名}您好')).toEqual(['没有 {姓名} 这个填空。']);
    expect(faultsOf('party-registered', '{时间}来')).toEqual([
      '{时间} 在这种消息里没有内容可填，可用的有：{中心}、{编号}、{电话}、{查询网址}。',
    ]);
    expect(faultsOf('party-registered', '编号{编号')).toEqual(['花括号没有配对，请检查。']);
  });

  it('of sealed matters can not name the matter', () => {
    expect(placeholdersOf('party-neutral')).not.toContain('编号');
    expect(placeholdersOf('staff-neutral')).toEqual(['中心']);
    expect(faultsOf('staff-neutral', '{编号}')).toHaveLength(1);
  });

  it('leave empty what is not known, and never show the blank', () => {
    expect(fill('{中心}：{时间}', { 中心: '甲中心' })).toBe('甲中心：');
  });

  it('count 70 characters in one message, 67 in each part of more', () => {
    expect([0, 1, 70, 71, 134, 135, 201].map((n) => segmentsOf('字'.repeat(n)))).toEqual([1, 1, 1, 2, 2, 3, 3]);
  });
});

describe('occasions', () => {
  it('speak to staff only where the bell rings, and to each in words for them', () => {
    for (const [topic, { staff, parties }] of Object.entries(OCCASIONS)) {
      if (staff !== undefined) expect([topic, topic in NOTIFICATION_RULES]).toEqual([topic, true]);
      expect([topic, staff === undefined ? 'staff' : MESSAGE_RULES[staff].to]).toEqual([topic, 'staff']);
      expect([topic, parties === undefined ? 'party' : MESSAGE_RULES[parties.kind].to]).toEqual([topic, 'party']);
    }
  });

  it('reach parties by telephone alone', () => {
    expect(channelsOf('party-registered')).toEqual(['sms']);
    expect(channelsOf('whistle')).toEqual(['sms', 'email', 'wecom', 'dingtalk']);
  });
});

describe('quiet hours', () => {
  const at = (text: string): Date => new Date(`${text}+08:00`);
  const said = (text: string, hours = DEFAULT_QUIET_HOURS): string =>
    new Date(notBefore(at(text), hours).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

  it('over midnight end the next morning, to the minute', () => {
    expect(said('2026-09-18T20:59:59')).toBe('2026-09-18T20:59');
    expect(said('2026-09-18T21:00:00')).toBe('2026-09-19T08:00');
    expect(said('2026-12-31T23:30:00')).toBe('2027-01-01T08:00');
    expect(said('2026-09-19T00:00:00')).toBe('2026-09-19T08:00');
    expect(said('2026-09-19T07:59:00')).toBe('2026-09-19T08:00');
    expect(said('2026-09-19T08:00:00')).toBe('2026-09-19T08:00');
  });

  it('within a day, and none at all', () => {
    const noon = { from: '12:00', to: '14:30' };
    expect(said('2026-09-18T12:10:00', noon)).toBe('2026-09-18T14:30');
    expect(said('2026-09-18T14:30:00', noon)).toBe('2026-09-18T14:30');
    expect(said('2026-09-18T23:00:00', noon)).toBe('2026-09-18T23:00');
    expect(said('2026-09-18T23:00:00', { from: '08:00', to: '08:00' })).toBe('2026-09-18T23:00');
  });
});

describe('who is written to', () => {
  const one: Addressee = {
    phone: '13812345678',
    isGuarded: false,
    guardianPhone: null,
    choice: 'agreed',
    isProtected: false,
    allowsCallBack: true,
  };

  it('is a party that agreed, at its own number', () => {
    expect(addressOf(one)).toEqual({ phone: '13812345678' });
    expect(addressOf({ ...one, choice: null })).toEqual({ unsent: 'not-asked' });
    expect(addressOf({ ...one, choice: 'declined' })).toEqual({ unsent: 'declined' });
    expect(addressOf({ ...one, phone: null })).toEqual({ unsent: 'no-phone' });
    expect(addressOf({ ...one, phone: '0471-6912345' })).toEqual({ unsent: 'landline' });
  });

  it('is the guardian of whoever can not decide alone, never the ward', () => {
    expect(addressOf({ ...one, isGuarded: true })).toEqual({ unsent: 'guarded' });
    expect(addressOf({ ...one, isGuarded: true, guardianPhone: '13900000000' })).toEqual({ phone: '13900000000' });
  });

  it('is nobody whose identity is kept, unless that person allowed both', () => {
    const kept = { ...one, isProtected: true };
    expect(addressOf(kept)).toEqual({ phone: '13812345678' });
    expect(addressOf({ ...kept, allowsCallBack: false })).toEqual({ unsent: 'protected' });
    expect(addressOf({ ...kept, choice: null })).toEqual({ unsent: 'protected' });
  });
});

describe('tries', () => {
  it('wait longer each time and end; what can not become better ends at once', () => {
    expect([1, 2, 3, 4, 5, 6].map((n) => waitAfter(n, false, 0))).toEqual([
      60_000,
      120_000,
      240_000,
      480_000,
      960_000,
      null,
    ]);
    expect(waitAfter(1, false, 1)).toBe(75_000);
    expect(waitAfter(1, true, 0)).toBeNull();
  });

  it('are shown with addresses masked', () => {
    expect(maskEmail('wangmin@example.cn')).toBe('w***@example.cn');
  });
});
