import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('glyph_picture')
export class GlyphPicture {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') character!: string;
  @Column('text') mediaType!: string;
  @Column('bytea') picture!: Buffer;
  @Column('text') source!: string;
  @Column('uuid', { nullable: true }) addedBy!: string | null;
  @Column('timestamptz') addedAt!: Date;
  @Column('timestamptz', { nullable: true }) removedAt!: Date | null;
  @Column('uuid', { nullable: true }) removedBy!: string | null;
  @Column('integer') version!: number;
}
