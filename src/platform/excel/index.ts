export { type Column, type Sheet, writeSheet } from './sheet';
