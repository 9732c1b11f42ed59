import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesModule } from '../disputes';
import { Parties } from './application/parties';
import {
  ContactAttempt,
  Party,
  PartyChange,
  PartyConsent,
  Representative,
  RepresentedPerson,
  RightsNotice,
} from './persistence/party.entity';

/** People and organisations in a matter, who represents them, and whether they want to mediate. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Party,
      Representative,
      PartyConsent,
      RightsNotice,
      ContactAttempt,
      RepresentedPerson,
      PartyChange,
    ]),
    DisputesModule,
  ],
  providers: [Parties],
  exports: [Parties],
})
export class PartiesModule {}
