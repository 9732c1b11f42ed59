import type { MigrationInterface, QueryRunner } from 'typeorm';

const WALKING = 'app.search_walking(text, timestamptz, uuid, integer, text, float8)';

// As 085 wrote them.
const CONTENT = `(s.center_id = any (v_full) or s.handling_center_id = any (v_full) or s.committee_id = any (v_committees)
  or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named))`;
const HEADER = '(s.center_id = any (v_head) or s.handling_center_id = any (v_head))';
const AFTER = '(s.registered_at, s.dispute_id) < (v_at, v_id)';
const IS_HIT = `((s.words like v_like and ${CONTENT}) or (coalesce(s.head, s.words) like v_like and ${HEADER}))
  and (not s.is_sealed or s.dispute_id = any (v_named)) and (p_part = 'all' or not (s.marks @> array[v_number] or (s.marks @> array[v_name] and ${CONTENT})))`;

/** What a month's matters that hold the pairs are asked besides. */
const ASKED = [CONTENT, HEADER].map((right) => `${right} and ${AFTER} and ${IS_HIT}`);
const BARE = ASKED.map((asked) => `&& v_months and ${asked}`);
const OPAQUE = ASKED.map((asked) => `&& v_months and (${asked}) is true`);

/** So many of each place are read through for one character. */
const TWICE = 'array[greatest(250 / greatest(v_places, 1), 10), greatest(4000 / greatest(v_places, 1), 40)]';
/** More of a frequent one: beside the newest thousands without it, as after a ledger was taken over, that is less than to ask the index. */
const THRICE = `${TWICE} || case when p_held > 5000 then array[greatest(20000 / greatest(v_places, 1), 200)] else '{}' end`;
const walked = (chunks: string): string => `foreach v_each in array case when v_is_one then ${chunks} else`;

/**
 * The indexes of pairs hold the places too. Asked for these once more as conditions of their own, the planner read all matters of a
 * center beside the few that hold the pairs, 100 ms of 150 for half a million; as one test of truth they are asked of what was found.
 */
export class WordsBeforePlaces1763600000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await rewrite(runner, [...BARE, walked(TWICE)], [...OPAQUE, walked(THRICE)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await rewrite(runner, [...OPAQUE, walked(THRICE)], [...BARE, walked(TWICE)]);
  }
}

/** The function as it stands, but for these places. */
async function rewrite(runner: QueryRunner, from: readonly string[], to: readonly string[]): Promise<void> {
  const [row] = (await runner.query(`select pg_get_functiondef('${WALKING}'::regprocedure) as text`)) as [
    { text: string },
  ];
  const text = from.reduce((before, place, i) => {
    const parts = before.split(place);
    if (parts.length !== 2) throw new Error(`${WALKING} is not as 085 left it: ${place}`);
    return parts.join(to[i]);
  }, row.text);
  await runner.query(text);
}
