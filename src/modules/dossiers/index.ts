export { DossierGaps } from './application/dossier-gaps';
export { DossiersModule } from './dossiers.module';
