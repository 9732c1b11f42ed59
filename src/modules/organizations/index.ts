export { Organizations } from './application/organizations';
export { OrganizationsModule } from './organizations.module';
export { Agency, Center, Committee } from './persistence/organization.entity';
