import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { CHANNELS, DISPUTE_TYPES, disputeTypeName, type DisputeType } from '../../disputes';
import { COMMITTEE_KINDS } from '../../organizations';
import { type Dimension, DIMENSIONS, TARGETS, UNMAPPED } from '../domain/national';
import { ReportMapping } from '../persistence/report.entity';

export interface MappingCommand {
  readonly centerId?: string;
  readonly dimension: Dimension;
  readonly fromKey: string;
  readonly toKey: string;
  readonly validFrom: string;
}

interface MappingRow {
  readonly dimension: Dimension;
  readonly fromKey: string;
  readonly toKey: string;
  readonly validFrom: string;
  readonly isOwn: boolean;
  readonly madeByName: string;
}

/** Of what was changed by hand, the latest. */
const MOST_CHANGES = 200;

/** 统计口径对照: under which national category an own type, source or kind of committee is reported. */
@Injectable()
export class KeepMappings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async read(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'report-mappings.read');
      const today = legalDateFromInstant(tx.now);
      const rows = await tx.query<MappingRow>(
        `select distinct on (dimension, from_key) dimension, from_key as "fromKey", to_key as "toKey", valid_from as "validFrom",
                center_id is not null as "isOwn", made_by_name as "madeByName"
           from report_mapping where (center_id = $1 or center_id is null) and valid_from <= $2
          order by dimension, from_key, center_id nulls last, valid_from desc, made_at desc`,
        [centerId, today],
      );
      const local = await tx.query<{ id: string; name: string; disputeType: DisputeType }>(
        `select id, name, dispute_type as "disputeType" from local_type where center_id = $1 and stopped_at is null
          order by dispute_type, ordinal`,
        [centerId],
      );
      const inForce = new Map(rows.map((row) => [`${row.dimension}/${row.fromKey}`, row]));
      const item = (dimension: Dimension, fromKey: string, name: string, above: readonly string[]) => {
        const own = inForce.get(`${dimension}/${fromKey}`);
        const inherited = above.flatMap((key) => inForce.get(`${dimension}/${key}`) ?? [])[0];
        const held = own ?? inherited;
        const toKey = held?.toKey ?? UNMAPPED[dimension];
        return {
          dimension,
          dimensionName: DIMENSIONS[dimension],
          fromKey,
          name,
          toKey,
          toName: TARGETS[dimension][toKey] ?? toKey,
          isMapped: held !== undefined,
          isOwn: own?.isOwn ?? false,
          isInherited: own === undefined,
          validFrom: held?.validFrom ?? null,
          madeByName: held?.madeByName ?? null,
        };
      };
      const parentsOf = (type: string): string[] =>
        type
          .split('.')
          .map((_, i, parts) => parts.slice(0, parts.length - i - 1).join('.'))
          .filter((key) => key !== '');
      const items = [
        ...keysOf(DISPUTE_TYPES).flatMap((type) => [
          item('type', type, disputeTypeName(type), parentsOf(type)),
          ...local
            .filter(({ disputeType }) => disputeType === type)
            .map(({ id, name }) => item('type', id, `${disputeTypeName(type)}·${name}`, [type, ...parentsOf(type)])),
        ]),
        ...keysOf(CHANNELS).map((channel) => item('channel', channel, CHANNELS[channel], [])),
        ...keysOf(COMMITTEE_KINDS).map((kind) => item('body', kind, COMMITTEE_KINDS[kind], [])),
      ];
      const changes = await tx.query<MappingRow & { id: string; madeAt: Date }>(
        `select id, dimension, from_key as "fromKey", to_key as "toKey", valid_from as "validFrom", center_id is not null as "isOwn",
                made_by_name as "madeByName", made_at as "madeAt"
           from report_mapping where (center_id = $1 or center_id is null) and made_by is not null
          order by made_at desc, id desc limit $2`,
        [centerId, MOST_CHANGES],
      );
      const stopped = await tx.query<{ id: string; name: string }>(
        'select id, name from local_type where center_id = $1 and stopped_at is not null',
        [centerId],
      );
      const nameOf = ({ dimension, fromKey }: MappingRow): string =>
        items.find((one) => one.dimension === dimension && one.fromKey === fromKey)?.name ??
        stopped.find(({ id }) => id === fromKey)?.name ??
        fromKey;
      const by = policyOf('report-mappings.change')?.by ?? [];
      return {
        items,
        changes: changes.map(({ madeAt, ...row }) => ({
          ...row,
          dimensionName: DIMENSIONS[row.dimension],
          name: nameOf(row),
          toName: TARGETS[row.dimension][row.toKey] ?? row.toKey,
          isComing: row.validFrom > today,
          madeAt: madeAt.toISOString(),
        })),
        mayChangeForAll: mayAct(tx.actor, by, {}),
        targets: (Object.keys(TARGETS) as Dimension[]).map((dimension) => ({
          dimension,
          items: Object.entries(TARGETS[dimension]).map(([key, name]) => ({
            key,
            name: wordsOf(dimension, key, name),
          })),
        })),
        allowedActs: mayAct(tx.actor, by, { centerId }) ? ['report-mappings.change'] : [],
      };
    });
  }

  /** From a day on, for one center or for all; what was written before stays. */
  async change(command: MappingCommand) {
    const { centerId, dimension, fromKey, toKey, validFrom } = command;
    return this.unitOfWork.run(async (tx) => {
      if (centerId !== undefined) await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'report-mappings.change', centerId === undefined ? {} : { centerId });
      if (!Object.hasOwn(TARGETS[dimension], toKey))
        throw ruleViolation('report-mappings.unknown-target', '没有这个统计类别，请从列表中选择。', '/toKey');
      if (!(await isOwnKey(tx, command)))
        throw ruleViolation('report-mappings.unknown-key', '没有这个类别，请从列表中选择。', '/fromKey');
      const id = uuidv7();
      await tx.insert(ReportMapping, {
        id,
        centerId: centerId ?? null,
        dimension,
        fromKey,
        toKey,
        validFrom,
        madeBy: tx.actor.accountId,
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      tx.audit({
        act: 'report-mappings.change',
        objectType: 'report-mapping',
        objectId: id,
        chain: centerId ?? null,
        details: { dimension, fromKey, toKey, validFrom },
      });
      return { id };
    });
  }
}

async function isOwnKey(tx: Tx, { centerId, dimension, fromKey }: MappingCommand): Promise<boolean> {
  if (Object.hasOwn(OWN_KEYS[dimension], fromKey)) return true;
  if (dimension !== 'type' || !UUID.test(fromKey)) return false;
  const [found] = await tx.query('select 1 from local_type where id = $1 and ($2::uuid is null or center_id = $2)', [
    fromKey,
    centerId ?? null,
  ]);
  return found !== undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const OWN_KEYS: Readonly<Record<Dimension, Readonly<Record<string, string>>>> = {
  type: DISPUTE_TYPES,
  channel: CHANNELS,
  body: COMMITTEE_KINDS,
};

const keysOf = <K extends string>(names: Readonly<Record<K, string>>): K[] => Object.keys(names) as K[];

/** Of the sources, those that were referred are told apart from the others of the same word. */
const wordsOf = (dimension: Dimension, key: string, name: string): string =>
  dimension === 'channel' && key !== 'proactive' && key !== 'applied' ? `接受委托移送·${name}` : name;
