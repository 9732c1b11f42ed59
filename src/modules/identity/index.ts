export { hashPassword } from './application/passwords';
export { IdentityModule } from './identity.module';
