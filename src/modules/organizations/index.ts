export { WARNING_CHANGED } from './application/keep-centers';
export { Organizations } from './application/organizations';
export { PostingEndings } from './application/posting-endings';
export { OrganizationsModule } from './organizations.module';
