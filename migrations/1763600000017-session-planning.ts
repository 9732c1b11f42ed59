import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureRingTable } from './1763600000010-sessions';
import { describeTable } from './support';

/** Mediation rooms, rotation days of postings, who is taken when over all matters, and points of preparation. */
export class SessionPlanning1763600000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center_slot drop constraint center_slot_kind_known;
      alter table center_slot add constraint center_slot_kind_known
        check (kind in ('window', 'department', 'center', 'tribunal', 'room'));

      alter table posting add column weekdays smallint[];
      alter table posting add constraint posting_weekdays_known check
        (weekdays is null or (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]));

      create table preparation_point (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ring text not null,
        kind text not null,
        text text not null,
        party_id uuid,
        on_date date,
        amount_fen bigint,
        reference text,
        written_by uuid not null references account (id),
        written_by_name text not null,
        written_at timestamptz not null,
        settled_at timestamptz,
        settlement text,
        version integer not null default 1,
        constraint preparation_point_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint preparation_point_ring_known check (ring in ('parties', 'center', 'mediator')),
        constraint preparation_point_kind_known check (kind in ('issue', 'position', 'date', 'money', 'open-fact', 'law')),
        constraint preparation_point_date_dated check ((kind = 'date') = (on_date is not null)),
        constraint preparation_point_money_counted check ((kind = 'money') = (amount_fen is not null)),
        constraint preparation_point_position_of_somebody check (kind <> 'position' or party_id is not null),
        constraint preparation_point_amount_sound check (amount_fen is null or amount_fen >= 0),
        constraint preparation_point_settled_whole check ((settled_at is null) = (settlement is null))
      );
      create index preparation_point_dispute on preparation_point (dispute_id, written_at, id);

      -- A point is written once and may be settled once; whoever was wrong settles it and writes another.
      create function app.keep_preparation_point() returns trigger language plpgsql as $$
        begin
          if old.settled_at is not null
             or (to_jsonb(new) - 'settled_at' - 'settlement' - 'version') is distinct from
                (to_jsonb(old) - 'settled_at' - 'settlement' - 'version') then
            raise exception 'point of preparation % is not rewritten', old.id using errcode = '23514';
          end if;
          return new;
        end $$;
      create trigger preparation_point_kept before update on preparation_point
        for each row execute function app.keep_preparation_point();

      -- Rooms and staff taken between two instants, over all matters of all centers. Says for which session, and nothing
      -- of it: what the session is about is asked of mediation_session, where row security answers.
      create function app.session_bookings(p_from timestamptz, p_to timestamptz, p_slots uuid[], p_accounts uuid[])
        returns table (kind text, subject_id uuid, session_id uuid, starts_at timestamptz, ends_at timestamptz)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query
            select 'room', s.slot_id, s.id, s.starts_at, s.ends_at from public.mediation_session s
             where s.slot_id = any (p_slots) and s.state in ('planned', 'held')
               and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_from, p_to)
            union all
            select 'person', i.account_id, i.session_id, lower(i.booked), upper(i.booked) from public.session_invitee i
             where i.account_id = any (p_accounts) and i.booked && tstzrange(p_from, p_to)
            order by 4, 2;
          perform set_config('app.principal', v_before, true);
        end $$;

      -- When a person or body is expected at a session of any matter, by the blind index of its number. Whoever asks has
      -- read the index under row security; the answer is times alone.
      create function app.party_bookings(p_from timestamptz, p_to timestamptz, p_party uuid, p_document text, p_credit text, p_except uuid)
        returns table (starts_at timestamptz, ends_at timestamptz)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query
            select distinct s.starts_at, s.ends_at
              from public.party p
              join public.session_invitee i on i.dispute_id = p.dispute_id and i.party_id = p.id and i.removed_at is null
              join public.mediation_session s on s.dispute_id = i.dispute_id and s.id = i.session_id
             where (p.id = p_party or p.document_number_index = p_document or p.credit_code_index = p_credit)
               and s.id is distinct from p_except and s.state in ('planned', 'held')
               and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_from, p_to)
             order by 1, 2;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.session_bookings(timestamptz, timestamptz, uuid[], uuid[]),
        app.party_bookings(timestamptz, timestamptz, uuid, text, text, uuid), app.keep_preparation_point() from public;
      grant execute on function app.session_bookings(timestamptz, timestamptz, uuid[], uuid[]),
        app.party_bookings(timestamptz, timestamptz, uuid, text, text, uuid), app.keep_preparation_point() to zongzhi_app;

      comment on column posting.weekdays is
        'Days of service of who comes in rotation (轮驻), 1 Monday to 7 Sunday; null for every working day.';
      comment on column center_slot.kind is
        'window (窗口), department (部), center (中心), tribunal (庭) or mediation room (调解室).';
    `);
    await secureRingTable(runner, 'preparation_point', 'written_by', ['select', 'insert', 'update']);
    await describeTable(
      runner,
      'preparation_point',
      'What the mediator notes down before a session: issues, positions, dates, amounts, open facts and law, each in its ring.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        ring: 'Ring of visibility: parties, center or mediator; never changed.',
        kind: 'issue, position, date, money, open-fact or law.',
        text: 'The point in words; for law the statute and article.',
        party_id: 'The party whose position, date or amount it is.',
        on_date: 'The day, for a date.',
        amount_fen: 'The amount in fen, for money.',
        reference: 'Where it comes from: a paper, a record, a link to the statute.',
        written_by: 'Account that wrote it.',
        written_by_name: 'Name as it was then.',
        written_at: 'When.',
        settled_at: 'When it was settled, found out or given up.',
        settlement: 'What came of it.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.party_bookings(timestamptz, timestamptz, uuid, text, text, uuid);
      drop function app.session_bookings(timestamptz, timestamptz, uuid[], uuid[]);
      drop table preparation_point;
      drop function app.keep_preparation_point();
      alter table posting drop column weekdays;
      alter table center_slot drop constraint center_slot_kind_known;
      alter table center_slot add constraint center_slot_kind_known
        check (kind in ('window', 'department', 'center', 'tribunal'));
    `);
  }
}
