export { PhrasesModule } from './phrases.module';
