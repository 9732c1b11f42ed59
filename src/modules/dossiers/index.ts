export { DossiersModule } from './dossiers.module';
