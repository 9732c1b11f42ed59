export { HelpersModule } from './helpers.module';
