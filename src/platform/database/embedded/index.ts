export { assertChineseTextSearch, ChineseTextSearchError } from './chinese-text-search';
export { EmbeddedPostgresError } from './embedded-postgres-error';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded-postgres';
