export { type WordBlock, type WordDocument, writeWord } from './write-word';
