import { computed, reactive, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { now } from '@/api';
import { periodOf, type Preset } from './figure-words';
import type { FigureQuery } from './types';

export const PRESETS = {
  month: '本月',
  'last-month': '上月',
  quarter: '本季',
  'half-year': '本半年',
  year: '本年',
  own: '自定',
} as const satisfies Readonly<Record<Preset | 'own', string>>;

const NARROWINGS = [
  'centerId',
  'disputeType',
  'channel',
  'placeId',
  'committeeId',
  'level',
  'agencyId',
  'mediatorId',
] as const;
export type Narrowing = (typeof NARROWINGS)[number];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is asked of figures. It stands in the address: it can be kept, sent on, gone back to, and taken to another page. */
export function useFigureQuestion(usual: Preset) {
  const route = useRoute();
  const router = useRouter();
  const kept = route.query;
  const isOwn = textOf(kept['from']) !== '' && textOf(kept['to']) !== '';
  const chosen = reactive({
    preset: (isOwn ? 'own' : usual) as Preset | 'own',
    days: isOwn ? ([textOf(kept['from']), textOf(kept['to'])] as [string, string]) : daysOf(usual),
    basis: kept['basis'] === 'cohort' ? ('cohort' as const) : ('period' as const),
    isWithBelow: kept['isWithBelow'] === 'true',
    narrow: Object.fromEntries(NARROWINGS.map((key) => [key, textOf(kept[key])])) as Record<Narrowing, string>,
  });
  const asked = shallowRef(questionOf());
  const narrowings = computed(() => NARROWINGS.filter((key) => chosen.narrow[key] !== '').length);

  function daysOf(preset: Preset): [string, string] {
    const { from, to } = periodOf(preset, now());
    return [from, to];
  }
  function questionOf(): FigureQuery {
    const [from, to] = chosen.days;
    const narrowed = Object.fromEntries(Object.entries(chosen.narrow).filter(([, value]) => value !== ''));
    const below = chosen.isWithBelow && chosen.narrow.centerId !== '' ? { isWithBelow: true } : {};
    return { from, to, basis: chosen.basis, ...narrowed, ...below };
  }
  function search(): void {
    asked.value = questionOf();
    const query = Object.fromEntries(Object.entries(asked.value).map(([key, value]) => [key, String(value)]));
    void router.replace({ query });
  }
  function choosePreset(): void {
    if (chosen.preset === 'own') return;
    chosen.days = daysOf(chosen.preset);
    search();
  }
  function reset(): void {
    Object.assign(chosen, { preset: usual, days: daysOf(usual), basis: 'period', isWithBelow: false });
    for (const key of NARROWINGS) chosen.narrow[key] = '';
    search();
  }
  /** Goes into a place of many centers: to it with all below it. */
  function within(centerId: string): void {
    chosen.narrow.centerId = centerId;
    chosen.isWithBelow = true;
    search();
  }
  return { chosen, asked, narrowings, search, choosePreset, reset, within };
}

export type FigureQuestion = ReturnType<typeof useFigureQuestion>;
