import { meetingLifecycle, type MeetingAct, type MeetingSnapshot } from './meeting-lifecycle';

const NOW = new Date('2026-11-20T02:00:00Z');
const refusal = (act: MeetingAct, with_: Partial<MeetingSnapshot>): string | undefined =>
  meetingLifecycle.refusal(
    act,
    { state: 'sitting', present: 2, undecided: 0, actorIsChair: true, reservationsUntil: null, ...with_ },
    NOW,
  )?.code;

describe('a joint meeting', () => {
  it('opens once somebody came', () => {
    expect(refusal('open', { state: 'called', present: 0 })).toBe('meetings.nobody-came');
    expect(refusal('open', { state: 'called' })).toBeUndefined();
  });

  it('has its minutes confirmed by its chair alone, once every item is settled', () => {
    expect(refusal('confirm', { actorIsChair: false })).toBe('meetings.not-chair');
    expect(refusal('confirm', { undecided: 1 })).toBe('meetings.undecided');
    expect(refusal('confirm', {})).toBeUndefined();
  });

  it('takes reservations until the instant and not after it', () => {
    const until = (ms: number): Partial<MeetingSnapshot> => ({
      state: 'confirmed',
      reservationsUntil: new Date(NOW.getTime() + ms),
    });
    expect(refusal('reserve', until(1))).toBeUndefined();
    expect(refusal('reserve', until(0))).toBe('meetings.reservation-too-late');
    expect(refusal('reserve', { state: 'sitting' })).toBe('meetings.wrong-state');
  });
});
