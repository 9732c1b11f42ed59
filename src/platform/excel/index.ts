export { type FormColumn, writeForm } from './form-book';
export { type Cell, type ReadRow, readSheet } from './read-sheet';
export { type Column, type Row, type Sheet, writeSheet } from './sheet';
export { streamSheet } from './xlsx-stream';
export type { PackedColumn, PackedPage } from './xlsx-writer';
export { writeFormTable } from './form-table';
