import { type DisputeType, type Nature, OUTSIDE_ROUTES, ROUTES, type OutsideRoute, type Route } from './dictionaries';

export interface RouteAdvice {
  readonly route: Route;
  readonly name: string;
  /** False for a route that the law closes: it is shown with its reason, so that nobody sends people there. */
  readonly isOpen: boolean;
  readonly reason: string;
  readonly law: string;
}

interface RouteRule {
  readonly route: Route;
  /** Natures for which the rule speaks. */
  readonly natures: readonly Nature[];
  /** Types for which it speaks (a first-level key covers its second level); all when absent. */
  readonly types?: readonly string[];
  readonly isOpen: boolean;
  readonly reason: string;
  readonly law: string;
}

/**
 * Which way a matter may go, in the order of advice. The first rule that fits decides for its route. Data, so that a
 * change of law is a change of rows; the statute is named with each.
 */
const RULES: readonly RouteRule[] = [
  {
    route: 'mediation',
    natures: ['civil', 'labor'],
    isOpen: true,
    reason: '属民间纠纷，当事人自愿的，可由人民调解委员会免费调解。',
    law: '《人民调解法》第二条、第四条、第十七条；《民法典》第一千一百三十二条（继承）',
  },
  {
    route: 'mediation',
    natures: ['administrative', 'litigation', 'police'],
    isOpen: false,
    reason: '行政争议、已由法院或公安机关处理的事项和治安刑事线索，不属人民调解受理范围。',
    law: '《人民调解工作若干规定》第二十二条',
  },
  {
    route: 'arbitration',
    natures: ['civil'],
    types: ['family'],
    isOpen: false,
    reason: '婚姻、收养、监护、扶养、继承纠纷不能仲裁。',
    law: '《仲裁法》（2025年修订）第三条',
  },
  {
    route: 'arbitration',
    natures: ['civil'],
    types: ['contract', 'business', 'housing', 'property', 'consumer', 'ecommerce', 'tourism', 'damage'],
    isOpen: true,
    reason: '平等主体之间的合同纠纷和其他财产权益纠纷，双方有仲裁协议的可以仲裁。',
    law: '《仲裁法》（2025年修订）第二条、第四条',
  },
  {
    route: 'labor-arbitration',
    natures: ['labor'],
    isOpen: true,
    reason: '劳动争议应先申请劳动仲裁，对裁决不服的再起诉；自收到调解申请之日起十五日内未达成协议的，可以申请仲裁。',
    law: '《劳动争议调解仲裁法》第五条、第十四条',
  },
  {
    route: 'litigation',
    natures: ['civil'],
    isOpen: true,
    reason: '当事人可以随时向人民法院起诉，调解不得阻止。',
    law: '《人民调解法》第三条；《民事诉讼法》第一百二十二条',
  },
  {
    route: 'litigation',
    natures: ['labor'],
    isOpen: true,
    reason: '对劳动仲裁裁决不服的，可以向人民法院起诉。',
    law: '《劳动争议调解仲裁法》第五条',
  },
  {
    route: 'litigation',
    natures: ['administrative', 'litigation'],
    isOpen: true,
    reason: '对行政行为不服或者案件已在法院的，依诉讼程序办理。',
    law: '《行政诉讼法》第四十四条；《信访工作条例》第三十一条',
  },
  {
    route: 'reconsideration',
    natures: ['administrative'],
    isOpen: true,
    reason: '对行政行为不服的，自知道之日起六十日内可以申请行政复议。',
    law: '《行政复议法》（2023年修订）第二十条',
  },
  {
    route: 'agency',
    natures: ['administrative', 'consultation', 'other', 'civil', 'labor'],
    isOpen: true,
    reason: '需要部门到场会商或履职的，可吹哨由主管部门办理。',
    law: '《信访工作条例》第二十二条、第二十四条',
  },
  {
    route: 'petition',
    natures: ['administrative', 'litigation', 'other'],
    isOpen: true,
    reason: '不属于诉讼、仲裁、行政复议等法定途径的诉求，可通过信访渠道提出。',
    law: '《信访工作条例》第三十一条',
  },
  {
    route: 'police',
    natures: ['police'],
    isOpen: true,
    reason: '可能构成治安案件或者刑事案件的，应及时报告公安机关处理。',
    law: '《人民调解法》第二十五条',
  },
  {
    route: 'police',
    natures: ['civil'],
    types: ['family.violence', 'neighbor.noise', 'traffic'],
    isOpen: true,
    reason: '涉及家庭暴力、噪声扰民、交通事故的，公安机关有处理职责。',
    law: '《反家庭暴力法》第十三条；《治安管理处罚法》（2025年修订）第八十八条',
  },
  {
    route: 'grid',
    natures: ['civil', 'consultation', 'other'],
    types: ['neighbor', 'property', 'utilities', 'environment', 'other'],
    isOpen: true,
    reason: '身边小事可下派社区、网格现场处置。',
    law: '《信访工作条例》第二十二条',
  },
  {
    route: 'notary',
    natures: ['civil'],
    types: ['family.inheritance', 'family.division', 'contract.loan', 'contract.lease'],
    isOpen: true,
    reason: '有给付内容的，可办理具有强制执行效力的债权文书公证；继承可办理公证。',
    law: '《公证法》第十一条、第三十七条',
  },
  {
    route: 'legal-aid',
    natures: ['civil', 'labor', 'administrative', 'litigation', 'police'],
    isOpen: true,
    reason: '经济困难的当事人可申请法律援助，法律援助机构七日内作出决定。',
    law: '《法律援助法》第三十一条、第四十三条',
  },
  {
    route: 'answer',
    natures: ['consultation', 'other'],
    isOpen: true,
    reason: '咨询类诉求可以当场答复。',
    law: '《信访工作条例》第二十二条',
  },
];

const covers = (types: readonly string[], type: string): boolean =>
  types.some((t) => type === t || type.startsWith(`${t}.`));

/** Every route for which a rule speaks, open ones first. `type` may be unknown yet: rules about types are then silent. */
export function adviseRoutes(nature: Nature, type: DisputeType | null): RouteAdvice[] {
  const fits = (rule: RouteRule): boolean =>
    rule.natures.includes(nature) && (rule.types === undefined || (type !== null && covers(rule.types, type)));
  const advice = (Object.keys(ROUTES) as Route[]).flatMap((route) => {
    const rule = RULES.find((r) => r.route === route && fits(r));
    return rule === undefined
      ? []
      : [{ route, name: ROUTES[route], isOpen: rule.isOpen, reason: rule.reason, law: rule.law }];
  });
  return [...advice.filter((a) => a.isOpen), ...advice.filter((a) => !a.isOpen)];
}

/** Why a route may not be chosen or told, or null. A route for which no rule speaks may be: the desk knows more. */
export function routeRefusal(route: Route, nature: Nature, type: DisputeType | null): RouteAdvice | null {
  return adviseRoutes(nature, type).find((a) => a.route === route && !a.isOpen) ?? null;
}

/** Routes outside the center that remain when mediation fails (PML art. 26). Litigation is never closed (PML art. 3). */
export function remainingRoutes(nature: Nature, type: DisputeType | null): OutsideRoute[] {
  return adviseRoutes(nature, type)
    .filter((a) => a.isOpen && a.route in OUTSIDE_ROUTES)
    .map((a) => a.route as OutsideRoute);
}

/** A way outside the center as papers tell it. */
export interface RouteInWords {
  readonly name: string;
  /** To whom to go, where the desk knows it. */
  readonly organ: string | null;
  readonly reason: string | null;
  readonly law: string | null;
}

export function routesInWords(
  routes: readonly OutsideRoute[],
  nature: Nature | null,
  type: DisputeType | null,
): RouteInWords[] {
  const advice = nature === null ? [] : adviseRoutes(nature, type);
  return routes.map((route) => {
    const known = advice.find((a) => a.route === route && a.isOpen);
    return { name: OUTSIDE_ROUTES[route], organ: null, reason: known?.reason ?? null, law: known?.law ?? null };
  });
}
