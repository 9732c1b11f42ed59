export { assertChineseTextSearch, ChineseTextSearchError } from './chinese-text-search';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded-postgres';
