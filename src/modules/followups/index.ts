export { PartyWords } from './application/party-words';
export { FollowupsModule } from './followups.module';
