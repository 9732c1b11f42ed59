export { Organizations } from './application/organizations';
export { OrganizationsModule } from './organizations.module';
