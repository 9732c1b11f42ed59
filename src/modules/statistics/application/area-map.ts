import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, notFound, ruleViolation } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { DRAWERS } from '../policies';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Shape {
  readonly unitId: string;
  readonly points: readonly Point[];
}

/** Which areas a center is made of, by the kind of its own unit; the breakdown that tells matters apart by them. */
const AREAS = { district: 'street', street: 'community' } as const;

interface AreaRow {
  readonly unitId: string;
  readonly name: string;
  readonly points: readonly (readonly [number, number])[] | null;
}

/** 区域示意图: the outlines of a center's streets or communities, drawn by the center itself. No geography, no map of others. */
@Injectable()
export class AreaMap {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async read(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      const center = await centerOf(tx, centerId);
      authorize(tx.actor, 'statistics.read-map', { centerId });
      return view(tx, center);
    });
  }

  /** Draws the whole map anew: an area left out has no outline any more. */
  async draw(centerId: string, shapes: readonly Shape[]) {
    return this.unitOfWork.run(async (tx) => {
      const center = await centerOf(tx, centerId);
      authorize(tx.actor, 'statistics.draw-map', { centerId });
      const areas = await areasOf(tx, center);
      for (const [i, { unitId }] of shapes.entries()) {
        const isTwice = shapes.findIndex((s) => s.unitId === unitId) !== i;
        if (isTwice || !areas.some((a) => a.unitId === unitId)) {
          throw ruleViolation(
            'statistics.no-such-area',
            '该区域不在本中心的街道、社区之内，或者画了两次。请刷新后重画。',
            `/shapes/${i}/unitId`,
          );
        }
      }
      await tx.asSystem(async () => {
        await tx.query('delete from place_shape where center_id = $1', [centerId]);
        await tx.query(
          `insert into place_shape (center_id, unit_id, points, drawn_by, drawn_at)
             select $1, s.unit_id, s.points, $3, $4 from jsonb_to_recordset($2) as s(unit_id uuid, points jsonb)`,
          [
            centerId,
            JSON.stringify(shapes.map((s) => ({ unit_id: s.unitId, points: s.points.map(({ x, y }) => [x, y]) }))),
            tx.actor.accountId,
            tx.now,
          ],
        );
      });
      tx.audit({
        act: 'statistics.draw-map',
        objectType: 'area-map',
        objectId: centerId,
        chain: centerId,
        details: { areas: shapes.length },
      });
      return view(tx, center);
    });
  }
}

interface CenterRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly kind: string;
}

async function centerOf(tx: Tx, id: string): Promise<CenterRow> {
  const [found] = await tx.query<CenterRow>(
    'select c.id, c.name, c.unit_id as "unitId", u.kind from center c join org_unit u on u.id = c.unit_id where c.id = $1',
    [id],
  );
  if (!found) throw notFound();
  return found;
}

async function areasOf(tx: Tx, { id, unitId, kind }: CenterRow): Promise<AreaRow[]> {
  return tx.query<AreaRow>(
    `select v.unit_id as "unitId", v.name, s.points
       from org_unit_version v join org_unit u on u.id = v.unit_id
       left join place_shape s on s.center_id = $1 and s.unit_id = v.unit_id
      where v.parent_id = $2 and u.kind = $3 and v.valid_from <= $4 and (v.valid_to is null or v.valid_to > $4)
      order by v.name, v.unit_id`,
    [id, unitId, areaKind(kind), legalDateFromInstant(tx.now)],
  );
}

const areaKind = (kind: string): string | null => (kind in AREAS ? AREAS[kind as keyof typeof AREAS] : null);

async function view(tx: Tx, center: CenterRow) {
  const areas = await areasOf(tx, center);
  return {
    centerId: center.id,
    centerName: center.name,
    by: areaKind(center.kind),
    areas: areas.map(({ unitId, name, points }) => ({
      unitId,
      name,
      points: points?.map(([x, y]) => ({ x, y })) ?? null,
    })),
    allowedActs: mayAct(tx.actor, DRAWERS, { centerId: center.id }) ? ['statistics.draw-map'] : [],
  };
}
