export { CreateFirstAdministrator } from './application/create-first-administrator';
export { hashPassword } from './application/passwords';
export { IdentityModule } from './identity.module';
