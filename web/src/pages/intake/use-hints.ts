import { type Ref, onScopeDispose, shallowRef, watch } from 'vue';
import type { components } from '@/generated/schema';
import { quietFetch } from '@/ui/quiet-fetch';
import type { IntakeModel, IntakeParty, IntakePlace } from './intake-model';

type Person = components['schemas']['LookedUpPersonResponse'];
type Hints = components['schemas']['IntakeHintsResponse'];

const PAUSE_MS = 700;

async function post<T>(path: string, body: object): Promise<T | null> {
  const response = await quietFetch(path, { method: 'POST', body: JSON.stringify(body) });
  return response?.ok === true ? ((await response.json()) as T) : null;
}

/** Asks after a pause in typing; only the latest answer counts. A failed hint is no hint. */
function useAsking<T>(ask: () => Promise<T | null>): { answer: Ref<T | null>; soon: (after?: number) => void } {
  const answer = shallowRef<T | null>(null) as Ref<T | null>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const soon = (after = PAUSE_MS): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = ++turn;
      ask()
        .then((found) => {
          if (mine === turn) answer.value = found;
        })
        .catch(() => undefined);
    }, after);
  };
  onScopeDispose(() => {
    clearTimeout(timer);
    turn = -1;
  });
  return { answer, soon };
}

/** What the server says of one person: the identity number read, faults, other matters of the same person. */
export function usePersonHints(party: Ref<IntakeParty>, place: Ref<IntakePlace | null>) {
  const asking = useAsking<Person>(async () => {
    const { kind, name, phone, number } = party.value;
    if (place.value === null || [name, phone, number].every((t) => t.trim() === '')) return null;
    const body = {
      centerId: place.value.centerId,
      kind,
      ...(name.trim() === '' ? {} : { name }),
      ...(phone.trim() === '' ? {} : { phone }),
      ...(number.trim() === '' ? {} : kind === 'person' ? { residentId: number } : { creditCode: number }),
    };
    return post<Person>('/api/person-look-ups', body);
  });
  // Each look-up is audited: a number is looked up when it is whole, a name when its field is left.
  watch(
    () => party.value.number.replace(/\s/g, '').length === 18 && party.value.number,
    (whole) => {
      if (whole !== false) asking.soon(100);
    },
  );
  return { person: asking.answer, look: () => asking.soon(100) };
}

/** What the server says of the matter so far: danger, likely twins, a title. */
export function useMatterHints(model: Ref<IntakeModel>, place: Ref<IntakePlace | null>) {
  const asking = useAsking<Hints>(async () => {
    if (place.value === null) return null;
    const { channel, upstreamNumber, disputeType, title, isTitleOwn, narrative, place: where, parties } = model.value;
    const [applicant, respondent] = parties;
    const said = {
      upstreamNumber,
      disputeType,
      title: isTitleOwn ? title : '',
      narrative,
      place: where,
      applicantName: applicant?.name ?? '',
      respondentName: respondent?.name ?? '',
    };
    const filled = Object.entries(said).filter(([, text]) => text.trim() !== '');
    if (filled.length === 0) return null;
    const body = { centerId: place.value.centerId, channel, ...Object.fromEntries(filled) };
    return post<Hints>('/api/disputes/intake-hints', body);
  });
  watch(
    () => {
      const { parties, narrative, disputeType, place: where, upstreamNumber, title, isTitleOwn } = model.value;
      return [
        parties[0]?.name,
        parties[1]?.name,
        narrative,
        disputeType,
        where,
        upstreamNumber,
        isTitleOwn && title,
      ].join('\n');
    },
    () => asking.soon(),
  );
  return { hints: asking.answer };
}
