export { type FormColumn, writeForm } from './form-book';
export { type Cell, type ReadRow, readSheet } from './read-sheet';
export { type Column, type Sheet, writeSheet } from './sheet';
