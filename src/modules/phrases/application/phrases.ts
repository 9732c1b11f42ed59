import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize, policyOf } from '../../../platform/auth';
import { type ScopeKind, type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type OfferedList, choosePhrases, phrasesOfHouse, placesFor } from '../domain/choose-phrases';
import { FIELD_NAMES } from '../domain/places';
import { PhraseList } from '../persistence/phrase-list.entity';

const COLUMNS = `id, center_id as "centerId", account_id as "accountId", place, texts, changed_by as "changedBy", changed_at as "changedAt", version`;

/** Phrases (常用语) offered while writing, kept by each center. They hold no personal data: kept ones are read unaudited. */
@Injectable()
export class Phrases {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What is offered to the actor at one place of a form. */
  async offer(place: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'phrases.offer', { ownerAccountId: tx.actor.accountId });
      return { place, items: choosePhrases(place, await listsFor(tx, placesFor(place))) };
    });
  }

  /** Every place with the actor's own phrases, and what the house offers there. */
  async listOwn() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'phrases.list-own', { ownerAccountId: tx.actor.accountId });
      const lists = await listsFor(tx, null);
      const places = [...new Set(lists.map((l) => l.place))].sort();
      return { items: places.map((place) => ownView(place, lists)) };
    });
  }

  /** Replaces the actor's own list of one place; version 0 stands for none yet. */
  async keepOwn({ place, texts }: { readonly place: string; readonly texts: readonly string[] }) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'phrases.keep-own', { ownerAccountId: tx.actor.accountId });
      await tx.query('select pg_advisory_xact_lock(727016, hashtext($1))', [tx.actor.accountId]);
      const [own] = await tx.query<PhraseList>(
        `select ${COLUMNS} from phrase_list where account_id = $1 and place = $2 for update`,
        [tx.actor.accountId, place],
      );
      await this.write(tx, own, { accountId: tx.actor.accountId }, place, texts);
      return ownView(place, await listsFor(tx, placesFor(place)));
    });
  }

  /** Every place with its list as the center has it, its own or the common one. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await mustBeThere(tx, centerId);
      authorize(tx.actor, 'phrases.list', { centerId });
      const lists = await tx.query<PhraseList>(
        `select distinct on (place) ${COLUMNS} from phrase_list
          where account_id is null and (center_id is null or center_id = $1) order by place, center_id nulls last`,
        [centerId],
      );
      return { items: lists.map((list) => viewOf(list, centerId)) };
    });
  }

  /** Replaces the list of one place. Version 0 stands for the common list, which itself stays as delivered. */
  async keep(centerId: string, { place, texts }: { readonly place: string; readonly texts: readonly string[] }) {
    return this.unitOfWork.run(async (tx) => {
      await mustBeThere(tx, centerId);
      authorize(tx.actor, 'phrases.keep', { centerId });
      await tx.query('select pg_advisory_xact_lock(727016, hashtext($1))', [centerId]);
      const own = await findOwn(tx, centerId, place);
      const id = await this.write(tx, own, { centerId }, place, texts);
      tx.audit({
        act: 'phrases.keep',
        objectType: 'phrase-list',
        objectId: id,
        chain: centerId,
        details: { place, before: own?.texts ?? null, after: [...new Set(texts)] },
      });
      return viewOf(await tx.get(PhraseList, id), centerId);
    });
  }

  private async write(
    tx: Tx,
    before: PhraseList | undefined,
    owner: { readonly centerId: string } | { readonly accountId: string | null },
    place: string,
    texts: readonly string[],
  ): Promise<string> {
    tx.checkVersion(before ?? { version: 0 });
    const columns = { texts: [...new Set(texts)], changedBy: tx.actor.accountId, changedAt: tx.now };
    const id = before?.id ?? uuidv7();
    if (before) await tx.update(PhraseList, id, columns);
    else await tx.insert(PhraseList, { id, ...owner, place, ...columns, version: 1 });
    return id;
  }
}

/** What the actor is offered anywhere, or at these places: own lists, those of the centers served at, and the common ones. */
async function listsFor(tx: Tx, places: readonly string[] | null): Promise<(PhraseList & OfferedList)[]> {
  const scopes = (kind: ScopeKind): (string | null)[] =>
    tx.actor.grants.filter((g) => g.scopeKind === kind).map((g) => g.scopeId);
  return tx.query(
    `select ${COLUMNS}, account_id is not null as "isMine" from phrase_list
      where ($1::text[] is null or place = any ($1)) and (account_id = $4 or account_id is null
        and (center_id is null or center_id = any ($2) or center_id in (select center_id from committee where id = any ($3))))
      order by center_id, place`,
    [places, scopes('center'), scopes('committee'), tx.actor.accountId],
  );
}

function ownView(place: string, lists: readonly (PhraseList & OfferedList)[]) {
  const mine = lists.find((l) => l.isMine && l.place === place);
  return {
    place,
    placeName: nameOf(place),
    texts: mine?.texts ?? [],
    offered: phrasesOfHouse(place, lists),
    version: mine?.version ?? 0,
  };
}

async function mustBeThere(tx: Tx, centerId: string): Promise<void> {
  await tx.one('select 1 from center where id = $1', [centerId]);
}

async function findOwn(tx: Tx, centerId: string, place: string): Promise<PhraseList | undefined> {
  const [row] = await tx.query<PhraseList>(
    `select ${COLUMNS} from phrase_list where center_id = $1 and place = $2 for update`,
    [centerId, place],
  );
  return row;
}

function viewOf({ place, texts, centerId, changedAt, version }: PhraseList, ofCenter: string) {
  const isOwn = centerId === ofCenter;
  return {
    place,
    placeName: nameOf(place),
    texts,
    isOwn,
    changedOn: isOwn ? legalDateFromInstant(changedAt) : null,
    version: isOwn ? version : 0,
  };
}

/** `研判 · 意见`: the act as the desk calls it, then the field. */
function nameOf(place: string): string {
  const dot = place.lastIndexOf('.');
  const field = FIELD_NAMES[place.slice(dot + 1)] ?? place.slice(dot + 1);
  if (dot < 0) return field;
  const act = place.slice(0, dot);
  return `${policyOf(act)?.label ?? act} · ${field}`;
}
