export { RingBell } from './application/ring-bell';
export { NotificationsModule } from './notifications.module';
