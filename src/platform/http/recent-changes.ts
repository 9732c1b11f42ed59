import { Injectable } from '@nestjs/common';
import { PolicyCheck, definedLifecycles, policyOf } from '../auth';
import { type CurrentVersion, type Principal, type StaleVersion, UnitOfWork, currentContext } from '../database';

const SHOWN = 5;
const OTHERS: Readonly<Record<string, string>> = { link: '当事人', anonymous: '未登录' };

interface EntryRow {
  readonly at: Date;
  readonly act: string;
  readonly actorKind: Principal['kind'];
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly toState: string | null;
}

/**
 * Who changed a row last, for the one who was about to change it from an older version. The act was authorized on that row
 * before its version was held against the caller's; the audit itself stays the auditor's.
 */
@Injectable()
export class RecentChanges {
  private readings: string[] | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly routes: PolicyCheck,
  ) {}

  async of({ rowId, version, steps }: StaleVersion): Promise<CurrentVersion> {
    if (rowId === null || steps < 1) return { version, changes: [] };
    const { principal } = currentContext();
    const self = principal.kind === 'account' ? principal.accountId : null;
    this.readings ??= this.routes.routes().flatMap(({ act, isReading }) => (act && isReading ? [act] : []));
    const { readings } = this;
    const rows = await this.unitOfWork.readAsSystem('recent-changes', (tx) =>
      tx.query<EntryRow>(
        `select e.at, e.act, e.actor_kind as "actorKind", e.actor_id as "actorId", a.display_name as "actorName",
                e.body::jsonb -> 'details' ->> 'toState' as "toState"
           from audit_entry e left join account a on a.id = e.actor_id
          where e.object_id = $1 and not (e.act = any ($2::text[]))
          order by e.at desc, e.chain desc, e.seq desc limit $3`,
        [rowId, readings, Math.min(steps, SHOWN)],
      ),
    );
    return {
      version,
      changes: rows.map(({ at, act, actorKind, actorId, actorName, toState }) => ({
        at: at.toISOString(),
        actorName: actorName ?? OTHERS[actorKind] ?? '系统',
        isOwn: actorId !== null && actorId === self,
        actName: policyOf(act)?.label ?? act,
        stateName: toState === null ? null : stateName(act, toState),
      })),
    };
  }
}

function stateName(act: string, state: string): string | null {
  const moved = act.slice(0, act.lastIndexOf('.'));
  const states: Readonly<Record<string, string>> | undefined = definedLifecycles().find(
    ({ name }) => name === moved,
  )?.states;
  return states?.[state] ?? null;
}
