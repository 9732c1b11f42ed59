export { type AgencyDutyNow, Rosters } from './application/rosters';
export { RosterModule } from './roster.module';
