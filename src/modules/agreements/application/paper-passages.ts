import { fen, formatLegalDateCn, formatMoney, legalDate } from '../../../kernel';
import type { Passage } from '../../documents';
import { type FrozenText, shownText } from './signing-text';

type PaperData = Readonly<Record<string, unknown>>;

/** The paper as passages that can be compared. Nobody's numbers and addresses: people know each other by name. */
export function passagesOf(data: PaperData): Passage[] {
  const text = shownText(data as unknown as FrozenText);
  const single = (section: string, words: string | null): Passage[] =>
    words === null ? [] : [{ section, place: section, text: words }];
  const listed = (section: string, unit: string, items: readonly string[]): Passage[] =>
    items.map((words, i) => ({ section, place: `${section}第${i + 1}${unit}`, text: words }));
  return [
    ...single('编号', text.number),
    ...listed('当事人', '方', text.partyNames),
    ...single('主要事实、争议事项', text.facts),
    ...single('各方责任', text.responsibilities),
    ...listed('协议内容', '条', text.clauses),
    ...listed('履行事项', '项', text.obligations.map(sentenceOf)),
    ...single('履行说明', text.performanceNote),
    ...single('违约责任', text.breachClause),
    ...listed('签署人员', '位', officersOf(data)),
  ];
}

function officersOf(data: PaperData): string[] {
  const named = (person: unknown, as: string): string => `${as}${(person as { name: string }).name}`;
  return [
    ...((data['interpreters'] ?? []) as unknown[]).map((i) => named(i, '翻译人员')),
    ...((data['witnesses'] ?? []) as unknown[]).map((w) => named(w, '见证人')),
    ...((data['mediators'] ?? []) as unknown[]).map((m) => named(m, '人民调解员')),
    named(data['recorder'], '记录人'),
  ];
}

function sentenceOf(o: ReturnType<typeof shownText>['obligations'][number]): string {
  const due = /^\d{4}-\d{2}-\d{2}$/.test(o.dueOn) ? `${formatLegalDateCn(legalDate(o.dueOn))}前` : null;
  const parts = [o.content, o.amountFen === null ? null : formatMoney(fen(o.amountFen)), due, o.place, o.manner];
  return `${o.obligor}向${o.obligee}：${parts.filter((part) => part !== null && part !== '').join('，')}。`;
}
