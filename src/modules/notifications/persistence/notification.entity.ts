import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NotificationKind } from '../domain/rules';

/** A message in one person's bell. */
@Entity('notification')
export class Notification {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') cause!: string;
  @Column('text') kind!: NotificationKind;
  @Column('uuid', { nullable: true }) disputeId!: string | null;
  @Column('uuid', { nullable: true }) taskId!: string | null;
  @Column('text') text!: string;
  @Column('timestamptz') at!: Date;
  @Column('timestamptz', { nullable: true }) readAt!: Date | null;
}
