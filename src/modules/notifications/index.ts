export { SendMessages } from './application/send-messages';
export { NotificationsModule } from './notifications.module';
