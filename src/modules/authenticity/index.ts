export { RaiseAlarms } from './application/raise-alarms';
export { AuthenticityModule } from './authenticity.module';
