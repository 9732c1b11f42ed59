import {
  type FieldError,
  type LegalDate,
  MAX_FEN,
  type WordLint,
  formatLegalDateCn,
  formatMoney,
  fen,
  lintWords,
} from '../../../kernel';
import type { AgreementContent, Obligation } from './content';

/** What the rules need to know around the content. */
export interface ContentContext {
  /** Parties bound by the agreement. */
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  /** Parties of the matter who take no part. */
  readonly excluded: readonly { readonly id: string; readonly name: string }[];
  readonly today: LegalDate;
  /** Items still due under the agreement that this one supplements or corrects. */
  readonly replaceableIds: readonly string[];
}

export interface ContentFindings {
  /** Each must be mended before the agreement is frozen. */
  readonly faults: readonly FieldError[];
  /** Each wants a second look; none stands in the way. */
  readonly warnings: readonly FieldError[];
}

/** Checks what is agreed: who owes what to whom, how much, when, where and how; sums; wording; reach of judicial confirmation. */
export function checkContent(content: AgreementContent, context: ContentContext): ContentFindings {
  const faults: FieldError[] = [];
  const warnings: FieldError[] = [];
  const fault = (pointer: string, code: string, detail: string): void => {
    faults.push({ pointer, code: `agreements.${code}`, detail });
  };
  const warn = (pointer: string, code: string, detail: string): void => {
    warnings.push({ pointer, code: `agreements.${code}`, detail });
  };
  if (context.parties.length < 2) fault('/parties', 'too-few-parties', '协议至少要有两方当事人。请先登记当事人。');
  if (content.facts === null) fault('/facts', 'facts-missing', '请写明纠纷的主要事实和争议事项。');
  if (content.responsibilities === null) {
    warn(
      '/responsibilities',
      'responsibilities-missing',
      '没有写明各方当事人的责任（人民调解法第二十九条），请确认不需要写。',
    );
  }
  if (content.clauses.length === 0) fault('/clauses', 'clauses-missing', '请至少写一条协议内容。');
  content.obligations.forEach((obligation, i) => {
    checkObligation(obligation, `/obligations/${i}`, context, fault);
  });
  if (content.obligations.reduce((sum, o) => sum + (o.amountFen ?? 0), 0) > MAX_FEN) {
    fault('/obligations', 'total-too-large', '各项金额合计超过可填写的上限，请核对小数点和单位。');
  }
  if (content.obligations.length === 0) {
    warn(
      '/obligations',
      'nothing-to-perform',
      '没有填写履行事项，生效后不会列入履行台账。有给付、作为或不作为的，请逐项填写。',
    );
  }
  for (const { pointer, text } of textsOf(content)) {
    lint(pointer, text, faults, warnings);
    const [blank] = BLANK.exec(text) ?? [];
    if (blank !== undefined) fault(pointer, 'blank-left', `“${blank}”还没有填写，请填写或删去。`);
  }
  lintTogether(content, warnings);
  warnings.push(...confirmationHints(content, context.today));
  for (const { name } of context.excluded) {
    for (const { pointer, text } of textsOf(content)) {
      if (pointer !== '/facts' && text.includes(name)) {
        warn(pointer, 'names-excluded', `这里提到了未参加本协议的${name}。部分协议不得处分其份额，请核对。`);
      }
    }
  }
  return { faults, warnings };
}

/** What clauses of the library leave to be filled in: 【付款日】 or a line to write on. */
const BLANK = /【[^】]{0,20}】|[_＿]{2,}/;

function checkObligation(
  o: Obligation,
  at: string,
  { parties, today, replaceableIds }: ContentContext,
  fault: (pointer: string, code: string, detail: string) => void,
): void {
  for (const [field, id, who] of [
    ['obligorId', o.obligorId, '义务人'],
    ['obligeeId', o.obligeeId, '权利人'],
  ] as const) {
    if (id === null) fault(`${at}/${field}`, 'who-missing', `请写明${who}。`);
    else if (!parties.some((p) => p.id === id)) {
      fault(
        `${at}/${field}`,
        'not-a-party',
        `${who}不是本协议的当事人。不能为当事人以外的人设定义务或者代其处分权利；确需由其承担的，请先将其登记为当事人。`,
      );
    }
  }
  if (o.obligorId !== null && o.obligorId === o.obligeeId) {
    fault(`${at}/obligeeId`, 'owes-itself', '义务人和权利人是同一人，请核对。');
  }
  if (o.content.trim() === '') {
    fault(`${at}/content`, 'content-missing', '请写明履行的内容，例如“支付剩余租金”。');
  }
  if (o.kind === 'payment') {
    if (o.amountFen === null || o.amountFen <= 0)
      fault(`${at}/amountFen`, 'amount-missing', '给付金钱的，请写明金额。');
  } else if (o.amountFen !== null || o.instalments.length > 0) {
    fault(
      `${at}/amountFen`,
      'amount-without-payment',
      '只有给付金钱的事项填写金额和分期。请改选“给付金钱”，或另列一项。',
    );
  }
  if (o.place === null) fault(`${at}/place`, 'place-missing', '请写明履行地点，例如汇入的账户或交付的地方。');
  if (o.manner === null) fault(`${at}/manner`, 'manner-missing', '请写明履行方式，例如银行转账、一次付清。');
  if (o.dueOn === null) {
    fault(
      `${at}/dueOn`,
      'due-missing',
      o.kind === 'forbearance'
        ? '请写明不作为的期限；长期有效的，请写入协议内容，不列为履行事项。'
        : '请写明履行期限的最后一日。',
    );
  } else if (o.dueOn < today) {
    fault(`${at}/dueOn`, 'due-in-past', '履行期限已经过去。已经履行的请写入主要事实，否则请改为今天或以后的日期。');
  }
  if (o.replacesItemId !== null && !replaceableIds.includes(o.replacesItemId)) {
    fault(
      `${at}/replacesItemId`,
      'not-to-be-replaced',
      '只能代替原协议中还没有履行完的事项。该项已经履行、不再履行或者不属于原协议，请重新选择。',
    );
  }
  checkInstalments(o, at, today, fault);
}

/** Instalments add up to the amount and follow each other in time; the last falls due with the obligation. */
function checkInstalments(
  { amountFen, dueOn, instalments }: Obligation,
  at: string,
  today: LegalDate,
  fault: (pointer: string, code: string, detail: string) => void,
): void {
  if (instalments.length === 0) return;
  const sum = instalments.reduce((total, part) => total + part.amountFen, 0);
  if (amountFen !== null && sum !== amountFen) {
    const [paid, owed] = [formatMoney(fen(sum)), formatMoney(fen(amountFen))];
    fault(`${at}/instalments`, 'instalments-sum', `各期合计${paid}，与总额${owed}不一致，请核对各期金额。`);
  }
  instalments.forEach((part, i) => {
    const before = instalments[i - 1];
    if (part.amountFen <= 0) fault(`${at}/instalments/${i}/amountFen`, 'amount-missing', '每期金额应大于零。');
    if (part.dueOn < today)
      fault(`${at}/instalments/${i}/dueOn`, 'due-in-past', '该期的付款日已经过去，请改为今天或以后。');
    if (before !== undefined && part.dueOn <= before.dueOn) {
      fault(`${at}/instalments/${i}/dueOn`, 'instalments-order', '各期付款日应一期晚于一期，请核对。');
    }
  });
  const last = instalments.at(-1);
  if (last !== undefined && dueOn !== null && last.dueOn !== dueOn) {
    const day = formatLegalDateCn(last.dueOn as LegalDate);
    fault(`${at}/dueOn`, 'due-not-last', `履行期限应与最后一期的付款日（${day}）一致。`);
  }
}

/** Every text that binds, with its place. */
export function textsOf(content: AgreementContent): { readonly pointer: string; readonly text: string }[] {
  const single = (pointer: string, text: string | null) => (text === null ? [] : [{ pointer, text }]);
  return [
    ...single('/facts', content.facts),
    ...single('/responsibilities', content.responsibilities),
    ...content.clauses.map((text, i) => ({ pointer: `/clauses/${i}`, text })),
    ...single('/performanceNote', content.performanceNote),
    ...single('/breachClause', content.breachClause),
    ...content.obligations.flatMap((o, i) => [
      { pointer: `/obligations/${i}/content`, text: o.content },
      ...single(`/obligations/${i}/manner`, o.manner),
    ]),
  ];
}

/** A fault of wording with its place among the texts. */
export interface PlacedWord extends WordLint {
  readonly pointer: string;
}

/** Every fault of wording in what is agreed, for marking it where it stands. */
export function wordsOf(content: AgreementContent): PlacedWord[] {
  return textsOf(content)
    .filter(({ pointer }) => pointer !== '/facts')
    .flatMap(({ pointer, text }) => lintWords(text).map((word) => ({ pointer, ...word })));
}

/** How the instalments of an obligation stand to its amount. */
export interface InstalmentSum {
  /** Index of the obligation. */
  readonly obligation: number;
  readonly sumFen: number;
  /** What the instalments lack (positive) or have too much (negative); null without an amount. */
  readonly lackingFen: number | null;
}

export function instalmentSums(obligations: readonly Obligation[]): InstalmentSum[] {
  return obligations.flatMap(({ amountFen, instalments }, obligation): InstalmentSum[] => {
    if (instalments.length === 0) return [];
    const sumFen = instalments.reduce((sum, part) => sum + part.amountFen, 0);
    return [{ obligation, sumFen, lackingFen: amountFen === null ? null : amountFen - sumFen }];
  });
}

function lint(pointer: string, text: string, faults: FieldError[], warnings: FieldError[]): void {
  // What happened may be told in any words; only what is agreed must avoid them.
  if (pointer === '/facts') return;
  for (const { code, severity, advice } of lintWords(text)) {
    const found = severity === 'stop' ? faults : warnings;
    if (found.some((f) => f.pointer === pointer && f.code === code)) continue;
    found.push({ pointer, code, detail: advice });
  }
}

/** 赔偿 in one clause and 补偿 in another is as confusing as both in one. */
function lintTogether(content: AgreementContent, warnings: FieldError[]): void {
  if (warnings.some((w) => w.code === 'words.compensation')) return;
  const binding = textsOf(content).filter(({ pointer }) => pointer !== '/facts');
  const [found] = lintWords(binding.map(({ text }) => text).join('。')).filter((l) => l.code === 'words.compensation');
  if (found) warnings.push({ pointer: '/clauses', code: found.code, detail: found.advice });
}

const REAL_PROPERTY = '(?:房屋|房产|住房|不动产|土地|宅基地|林地|草场|草牧场|车库|商铺)';
const OWNERSHIP = new RegExp(
  `${REAL_PROPERTY}[^。；;]{0,24}?(?:归[^。；;]{1,20}?(?:所有|继承)|属于?[^。；;]{1,20}?所有|(?:所有权|产权|使用权|承包经营权)[^。；;]{0,6}?(?:归|属)|由[^。；;]{1,20}?继承(?!份额))`,
);
const INTELLECTUAL = /(?:专利|商标|著作权|版权|商业秘密|软件)[^。；;]{0,16}?(?:归|属)[^。；;]{1,20}/;
const STATUS =
  /(?:双方|自愿|同意|协议)[^。；;]{0,8}?(?:离婚|解除婚姻|解除收养|解除同居)|婚姻(?:无效|有效)|(?:确认|不存在|存在)[^。；;]{0,6}?亲子关系/;

const PROCEDURE =
  /(?:申请|同意|进入)[^。；;]{0,8}?破产|破产(?:清算|重整|和解)|宣告[^。；;]{0,12}?(?:失踪|死亡)|认定[^。；;]{0,12}?(?:无民事行为能力|限制民事行为能力|无主)|公示催告/;

/** What a court does not confirm (民诉法司法解释第三百五十五条). */
export function confirmationRefusals(content: AgreementContent): FieldError[] {
  const refusals: FieldError[] = [];
  for (const { pointer, text } of textsOf(content)) {
    if (pointer === '/facts') continue;
    if (OWNERSHIP.test(text) || INTELLECTUAL.test(text)) {
      refusals.push({
        pointer,
        code: 'agreements.ownership-not-confirmable',
        detail:
          '涉及物权、知识产权确权的内容不能申请司法确认（民诉法司法解释第三百五十五条）。建议拆分：确权部分另签协议并办理登记，金钱给付部分单独成文申请确认。',
      });
    }
    if (STATUS.test(text)) {
      refusals.push({
        pointer,
        code: 'agreements.status-not-confirmable',
        detail:
          '婚姻关系、收养关系、亲子关系的内容不能申请司法确认（民诉法司法解释第三百五十五条）。建议拆分：身份关系依法另行办理，金钱给付部分单独成文。',
      });
    }
    if (PROCEDURE.test(text)) {
      refusals.push({
        pointer,
        code: 'agreements.procedure-not-confirmable',
        detail:
          '适用其他特别程序、公示催告程序、破产程序的内容不能申请司法确认（民诉法司法解释第三百五十五条）。建议拆分：该部分另走相应程序，金钱给付部分单独成文。',
      });
    }
  }
  return refusals;
}

/** What a court does not confirm, and when applying is worth the while. */
function confirmationHints(content: AgreementContent, today: LegalDate): FieldError[] {
  const hints = confirmationRefusals(content);
  const deferred = content.obligations.some((o) => o.instalments.length > 1 || (o.dueOn !== null && o.dueOn > today));
  if (deferred) {
    hints.push({
      pointer: '/obligations',
      code: 'agreements.deferred-performance',
      detail:
        '协议有分期或者延期履行的内容。请提示当事人：自协议生效之日起三十日内可以共同申请司法确认（人民调解法第三十三条），也可以办理赋予强制执行效力的公证。',
    });
  }
  return hints;
}
