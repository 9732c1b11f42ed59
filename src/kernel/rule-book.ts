import { type DeadlineRule, type DeadlineUnit, isTimeUnit } from './deadline';
import { formatLegalDateCn, legalDate } from './legal-date';

/** One version of a rule, as kept. */
export interface RuleVersion {
  readonly id: string;
  readonly ruleId: string;
  readonly isOwn: boolean;
  readonly version: number;
  readonly term: number;
  readonly unit: DeadlineUnit;
  readonly rolls: boolean;
  readonly closes: boolean;
  readonly article: string;
  readonly validFrom: string;
  readonly inForceAt: Date;
}

/** A rule that holds at an instant, with the version that a deadline keeps. */
export interface RuleInForce extends DeadlineRule {
  readonly versionId: string;
}

/** The rules of a center of all times. What holds follows from the instant at which a term starts, and from nothing else. */
export class RuleBook {
  private readonly versions: readonly RuleVersion[];

  constructor(versions: readonly RuleVersion[]) {
    this.versions = versions.toSorted(
      (a, z) =>
        Number(z.isOwn) - Number(a.isOwn) || z.inForceAt.getTime() - a.inForceAt.getTime() || z.version - a.version,
    );
  }

  /** The center's own version before the preset, the latest that held then. @throws RangeError for a rule unknown. */
  at(ruleId: string, instant: Date): RuleInForce {
    return this.found(
      this.versions.find((v) => v.ruleId === ruleId && v.inForceAt <= instant),
      ruleId,
    );
  }

  /** The version that a deadline was begun by. */
  version(id: string): RuleInForce {
    return this.found(
      this.versions.find((v) => v.id === id),
      id,
    );
  }

  private found(version: RuleVersion | undefined, asked: string): RuleInForce {
    if (!version) throw new RangeError(`No deadline rule ${asked}`);
    const { id, ruleId, term, unit, rolls, closes } = version;
    return {
      id: ruleId,
      versionId: id,
      term,
      unit,
      rollToWorkingDay: rolls,
      ...(closes ? { closesWithOffice: true } : {}),
      article: articleOf(version),
    };
  }
}

/** What a deadline quotes: where the term comes from, and which version of the center's own. */
function articleOf({ isOwn, article, version, validFrom }: RuleVersion): string {
  if (!isOwn) return article;
  return `${article}（本中心规则第${version}版，${formatLegalDateCn(legalDate(validFrom))}起执行）`;
}

/** How the last day of a center's own term ends, in the manner of the preset that it replaces. */
export function endingOf(
  preset: Pick<RuleVersion, 'unit' | 'rolls' | 'closes'>,
  unit: DeadlineUnit,
): Pick<RuleVersion, 'rolls' | 'closes'> {
  if (isTimeUnit(unit)) return { rolls: false, closes: false };
  return isTimeUnit(preset.unit) ? { rolls: false, closes: true } : { rolls: preset.rolls, closes: preset.closes };
}
