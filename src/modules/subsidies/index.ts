export { SubsidiesModule } from './subsidies.module';
