export { WARNING_CHANGED } from './application/keep-centers';
export { Organizations } from './application/organizations';
export { OrganizationsModule } from './organizations.module';
