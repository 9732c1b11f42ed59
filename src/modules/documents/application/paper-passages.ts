import { fen, formatLegalDateCn, formatMoney, legalDate, legalDateFromInstant } from '../../../kernel';
import type { PaperTemplate } from '../../../platform/pdf';
import type { Passage } from '../domain/differences';

type Contract = PaperTemplate['contract'];
type Field = Contract[string];

/** What a paper says, field by field under the labels of its template, so that two drafts can be compared. */
export function passagesOf(contract: Contract, data: Readonly<Record<string, unknown>>): Passage[] {
  return Object.entries(contract).flatMap(([name, field]): Passage[] => {
    const value = data[name];
    // Where a signature goes is no part of what is read.
    if (value === undefined || value === null || /slot$/i.test(name)) return [];
    const { label } = field;
    if (field.type !== 'list') return [{ section: label, place: label, text: textOf(field, value) }];
    const items = value as readonly unknown[];
    return items.map((item, i) => ({
      section: label,
      place: `${label}第${i + 1}项`,
      text: textOf(field.item, item),
    }));
  });
}

function textOf(field: Field, value: unknown): string {
  switch (field.type) {
    case 'list':
      return (value as readonly unknown[]).map((item) => textOf(field.item, item)).join('；');
    case 'group':
      return passagesOf(field.fields, value as Record<string, unknown>)
        .map(({ text }) => text)
        .join('，');
    case 'choice':
      return field.values[value as string] ?? '';
    case 'money':
      return formatMoney(fen(value as number));
    case 'date':
      return formatLegalDateCn(legalDate(value as string));
    case 'instant':
      return formatLegalDateCn(legalDateFromInstant(new Date(value as string)));
    case 'boolean':
      return value === true ? '是' : '否';
    default:
      return String(value);
  }
}
