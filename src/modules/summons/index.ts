export { SummonsModule } from './summons.module';
