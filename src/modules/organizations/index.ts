export { WARNING_CHANGED } from './application/keep-centers';
export { Organizations } from './application/organizations';
export { PostingEndings } from './application/posting-endings';
export { COMMITTEE_KINDS } from './domain/dictionaries';
export { OrganizationsModule } from './organizations.module';
