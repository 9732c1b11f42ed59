export { DictionariesModule } from './dictionaries.module';
