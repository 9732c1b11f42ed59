export {
  type ParticipantSnapshot,
  type PartyAttendance,
  type PartyPosition,
  Sessions,
  type SessionSnapshot,
} from './application/sessions';
export type { ParticipantKind, Publicity, Ring, SessionMode, SessionResult } from './domain/dictionaries';
export type { SessionState } from './domain/session-lifecycle';
export { SessionsModule } from './sessions.module';
